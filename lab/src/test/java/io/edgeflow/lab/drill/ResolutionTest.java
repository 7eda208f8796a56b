package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an outage drill says of the resolution in which a day arrived. */
final class ResolutionTest {
  private static final long SECOND = 1_000_000;

  private final Resolution resolution =
      new Resolution(
          Map.of(
              0,
              Map.of(10 * SECOND, new Resolution.Sum(20, 300)),
              1,
              Map.of(
                  SECOND, new Resolution.Sum(40, 50), 10 * SECOND, new Resolution.Sum(10, 150))));

  @Test
  void sumsTheDayUpByLength() {
    assertEquals(new Resolution.Sum(40, 50), resolution.ofDay().get(SECOND));
    assertEquals(new Resolution.Sum(30, 450), resolution.ofDay().get(10 * SECOND));
    String summary = resolution.summary(500);
    assertTrue(summary.contains("45.0 %") && summary.contains("50.0 %"), summary);
  }

  @Test
  void showsEveryHour() {
    String table = resolution.table();
    assertEquals(26, table.lines().count());
    assertTrue(table.contains("    1          40          10          200"), table);
  }
}
