package io.edgeflow.gateway.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {
  private static final long NOW = 1_769_839_200_000_000L; // 2026-01-31T06:00:00Z
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T06:00:00Z, 2026-01-31T06:00:00Z",
    "2026-01-31T06:00:00.25Z, 2026-01-31T06:00:00.250Z",
    "2026-01-31T06:00:00+02:00, 2026-01-31T04:00:00Z",
    "2026-01-31T06:00, 2026-01-31T05:00:00Z",
    "2026-07-31T06:00:10, 2026-07-31T04:00:10Z",
    "2026-01-31, 2026-01-30T23:00:00Z",
    "1769839200123, 2026-01-31T06:00:00.123Z",
    "now, 2026-01-31T06:00:00Z",
    "now-90m, 2026-01-31T04:30:00Z",
    "now-2d, 2026-01-29T06:00:00Z",
  })
  void readsWhatPeopleAndProgramsWrite(String text, String expected) {
    assertEquals(expected, Moments.format(Moments.parse(text, NOW, BERLIN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "now+1h", "now-1", "2026-13-01", "2026-01-31T25:00", "1e9"})
  void refusesEverythingElseWithTheRule(String text) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Moments.parse(text, NOW, BERLIN));
    assertEquals(Moments.RULE, refusal.getMessage());
  }

  @Test
  void refusesWhatNoClockCanShow() {
    assertThrows(
        IllegalArgumentException.class, () -> Moments.parse("now-900000000000000d", NOW, BERLIN));
  }
}
