package io.edgeflow.lab.slaves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitSpecTest {
  @Test
  void isOneUnitOrManyWithTraits() {
    UnitSpec spec = UnitSpec.parse("7:slow=300ms,max=20/2,swapped,every=5");
    assertEquals(7, spec.first());
    assertEquals(7, spec.last());
    assertEquals(
        Personality.small(20, 2).withDelay(Duration.ofMillis(300)).withSwapped(true).withEvery(5),
        spec.personality());
    UnitSpec many = UnitSpec.parse("10-50:tables=holding+coil,from=100,size=50");
    assertEquals(10, many.first());
    assertEquals(50, many.last());
    assertEquals(Set.of(Table.HOLDING, Table.COIL), many.tables());
    assertEquals(100, many.from());
    assertEquals(50, many.size());
    assertEquals(Personality.HEALTHY, many.personality());
  }

  @ParameterizedTest
  @CsvSource({
    "1:dead,     SILENT",
    "1:wrong-id, WRONG_ID",
    "1:half,     HALF",
    "1:garbled,  GARBLED",
    "1:hang-up,  HANG_UP",
    "1:healthy,  HONEST",
  })
  void namesEachReply(String text, Reply reply) {
    assertEquals(reply, UnitSpec.parse(text).personality().reply());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1-",
        "5-1",
        "256",
        "1:",
        "1:sleepy",
        "1:slow",
        "1:slow=3",
        "1:max=0",
        "1:max=126",
        "1:exception=x",
        "1:every=0",
        "1:tables=holdings",
        "1:max=5/0"
      })
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> UnitSpec.parse(text));
  }

  @Test
  void theLastEntryForAUnitCounts() {
    List<SlaveUnit> units =
        SlaveField.of(List.of(UnitSpec.parse("1-4"), UnitSpec.parse("3:dead")), 600, () -> 0L);
    assertEquals(List.of(1, 2, 3, 4), units.stream().map(SlaveUnit::id).toList());
    assertEquals(Personality.dead(), units.get(2).personality());
    assertEquals(Personality.HEALTHY, units.get(3).personality());
  }

  @Test
  void pointsFitUnlessSomebodySaysOtherwise() throws RefusedException {
    UnitMemory roomy = SlaveField.floats(1, 600, () -> 0L).getFirst().memory();
    assertEquals(4, roomy.registers(Table.HOLDING, 1_198, 2).length);
    UnitMemory small =
        SlaveField.of(List.of(UnitSpec.parse("1:size=50")), 600, () -> 0L).getFirst().memory();
    assertThrows(RefusedException.class, () -> small.registers(Table.HOLDING, 49, 2));
    assertTrue(small.registers(Table.HOLDING, 48, 2).length == 4);
  }
}
