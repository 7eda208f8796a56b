package io.edgeflow.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterType;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChosenTest {
  @Test
  void isATypeAnOrderAndAnAddress() {
    assertEquals(
        new Chosen(RegisterType.FLOAT32, RegisterOrder.CDAB, OptionalInt.of(100)),
        Chosen.parse("float32:CDAB@100"));
    assertEquals(
        new Chosen(RegisterType.UINT16, RegisterOrder.ABCD, OptionalInt.empty()),
        Chosen.parse("UINT16"));
    assertEquals(RegisterOrder.DCBA, Chosen.parse("int64:hgfedcba@1").order());
  }

  @Test
  void isEveryValueOfTheRangeWithoutAnAddress() {
    assertEquals(List.of(10, 12, 14), Chosen.parse("float32").addresses(10, 7));
    assertEquals(List.of(11), Chosen.parse("float32@11").addresses(10, 7));
  }

  @Test
  void mustLieInTheRange() {
    Chosen last = Chosen.parse("float32@16");
    assertThrows(IllegalArgumentException.class, () -> last.addresses(10, 7));
    Chosen before = Chosen.parse("uint16@9");
    assertThrows(IllegalArgumentException.class, () -> before.addresses(10, 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "float", "float32:ABDC", "float32@", "string@3", "bit@3", "float32@-1"})
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Chosen.parse(text));
  }
}
