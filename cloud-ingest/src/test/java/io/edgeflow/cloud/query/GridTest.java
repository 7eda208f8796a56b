package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class GridTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long HOUR = 3_600_000_000L;

  @Test
  void cutsEvenStretchesAlsoBeforeTheEpoch() {
    var grid = Grid.of(Step.parse("1m"), BERLIN);
    assertEquals(60_000_000L, grid.floor(119_999_999L));
    assertEquals(120_000_000L, grid.ceil(60_000_001L));
    assertEquals(60_000_000L, grid.ceil(60_000_000L));
    assertEquals(-60_000_000L, grid.floor(-1));
  }

  @Test
  void makesDaysOfTheZoneShorterAndLongerWhereClocksChange() {
    var grid = Grid.of(Step.parse("1d"), BERLIN);
    long spring = micros("2026-03-28T23:00:00Z");
    assertEquals(spring, grid.floor(micros("2026-03-29T12:00:00Z")));
    assertEquals(spring + 23 * HOUR, grid.after(spring));
    long autumn = micros("2026-10-24T22:00:00Z");
    assertEquals(autumn + 25 * HOUR, grid.after(autumn));
  }

  @Test
  void beginsWeeksOnMonday() {
    var grid = Grid.of(Step.parse("7d"), BERLIN);
    assertEquals(micros("2026-01-25T23:00:00Z"), grid.floor(micros("2026-02-01T12:00:00Z")));
  }

  private static long micros(String iso) {
    return Moments.micros(Instant.parse(iso));
  }
}
