package io.edgeflow.process.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalarFormsTest {
  @ParameterizedTest
  @CsvSource({
    "250us,PT0.00025S,250us",
    "500ms,PT0.5S,500ms",
    "1000ms,PT1S,1s",
    "90s,PT1M30S,90s",
    "1m,PT1M,1m",
    "48h,PT48H,2d",
    "0s,PT0S,0s"
  })
  void readsAndWritesDurations(String text, Duration duration, String written) {
    assertEquals(duration, Durations.parse(text));
    assertEquals(written, Durations.format(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "5 weeks", "99999999999999d"})
  void refusesOtherDurations(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0B",
    "1,1,1B",
    "4KiB,4096,4KiB",
    "64MiB,67108864,64MiB",
    "2gib,2147483648,2GiB",
    "1GB,1000000000,1000000000B",
    "1536KiB,1572864,1536KiB"
  })
  void readsAndWritesSizes(String text, long bytes, String written) {
    assertEquals(new ByteSize(bytes), ByteSize.parse(text));
    assertEquals(written, new ByteSize(bytes).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "1.5GiB", "1PiB", "999999999999999999TiB"})
  void refusesOtherSizes(String text) {
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
  }

  @Test
  void suggestsOnlyWhatIsNear() {
    var known = List.of("port", "host", "maxFuture", "commitInterval");
    assertEquals(Optional.of("port"), Nearest.to("prot", known));
    assertEquals(Optional.of("maxFuture"), Nearest.to("max_future", known));
    assertEquals(Optional.of("commitInterval"), Nearest.to("comitIntervall", known));
    assertEquals(Optional.empty(), Nearest.to("users", known));
  }
}
