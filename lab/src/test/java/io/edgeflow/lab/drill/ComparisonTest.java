package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.sim.AcknowledgedAccount;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComparisonTest {
  @ParameterizedTest
  @CsvSource({
    // stamped, acknowledged, unanswered, sent, stored, lost, counted twice
    "true,  10, 0, 10, 10, 0, 0",
    "true,  10, 0, 12,  9, 1, 0",
    "true,  10, 0, 12, 11, 0, 1",
    "true,  10, 3, 15, 13, 0, 0",
    "true,  10, 3, 15, 14, 0, 1",
    "false, 10, 0, 12, 12, 0, 0",
    "false, 10, 0, 12, 13, 0, 1",
    "false, 10, 2, 12,  9, 1, 0",
  })
  void countsWhatIsLostAndWhatIsTwice(
      boolean stamped,
      long acknowledged,
      long open,
      long sent,
      long stored,
      long lost,
      long twice) {
    var published = new TreeMap<String, AcknowledgedAccount.Series>();
    published.put("a/b", new AcknowledgedAccount.Series(stamped, acknowledged, open, sent));

    Comparison comparison = Comparison.of(published, Map.of("a/b", stored));

    assertEquals(lost, comparison.missing());
    assertEquals(twice, comparison.excess());
    assertEquals(lost + twice == 0, comparison.differences().isEmpty());
    assertEquals(1, comparison.series());
    assertEquals(acknowledged, comparison.acknowledged());
    assertEquals(stored, comparison.stored());
  }

  @Test
  void lossesOfOneSeriesAreNotMadeUpForByAnother() {
    var published = new TreeMap<String, AcknowledgedAccount.Series>();
    published.put("a/b", new AcknowledgedAccount.Series(true, 10, 0, 10));
    published.put("a/c", new AcknowledgedAccount.Series(true, 10, 0, 10));

    Comparison comparison = Comparison.of(published, Map.of("a/b", 9L, "a/c", 11L));

    assertEquals(1, comparison.missing());
    assertEquals(1, comparison.excess());
    List<String> told = comparison.differences().stream().map(Object::toString).toList();
    assertTrue(told.get(0).contains("a/b") && told.get(0).contains("1 LOST"), told::toString);
    assertTrue(told.get(1).contains("1 COUNTED TWICE"), told::toString);
  }

  @Test
  void aSeriesThatIsNotStoredAtAllIsLostAndAStrangerIsTooMuch() {
    var published = new TreeMap<String, AcknowledgedAccount.Series>();
    published.put("a/b", new AcknowledgedAccount.Series(true, 5, 0, 5));

    Comparison comparison = Comparison.of(published, Map.of("x/y", 3L));

    assertEquals(5, comparison.missing());
    assertEquals(3, comparison.excess());
    assertEquals(2, comparison.series());
  }
}
