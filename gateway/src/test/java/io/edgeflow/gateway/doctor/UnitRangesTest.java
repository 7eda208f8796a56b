package io.edgeflow.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitRangesTest {
  @Test
  void areWrittenAndReadAlike() {
    assertEquals(List.of(1, 3, 10, 11, 12), UnitRanges.parse("10-12, 3,1,3"));
    assertEquals("1, 3, 10-12", UnitRanges.words(List.of(1, 3, 10, 11, 12)));
    assertEquals(256, UnitRanges.parse("0-255").size());
    assertEquals("", UnitRanges.words(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "5-1", "1-256", "1,,2", "-3"})
  void refuseWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> UnitRanges.parse(text));
  }
}
