package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.process.http.HttpRefusal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void readsWhatPeopleAndProgramsWrite() {
    assertEquals(Instant.parse("2025-11-20T21:00:00Z"), read("1763672400000", ZoneOffset.UTC));
    assertEquals(Instant.parse("2026-01-31T06:00:00Z"), read("2026-01-31T06:00:00Z", BERLIN));
    assertEquals(Instant.parse("2026-01-31T04:00:00Z"), read("2026-01-31T06:00:00+02:00", BERLIN));
    assertEquals(Instant.parse("2026-01-31T05:00:00Z"), read("2026-01-31T06:00:00", BERLIN));
    assertEquals(Instant.parse("2026-01-30T23:00:00Z"), read("2026-01-31", BERLIN));
    assertEquals(NOW, read("now", BERLIN));
    assertEquals(NOW.minusSeconds(900), read("now-15m", BERLIN));
  }

  @Test
  void takesAPlusSignThatArrivesAsABlank() {
    assertEquals(Instant.parse("2026-01-31T04:00:00Z"), read("2026-01-31T06:00:00 02:00", BERLIN));
  }

  @Test
  void refusesEverythingElseWithTheRule() {
    for (String bad :
        List.of(
            "yesterday", "2026-13-01", "1e3", "now-", "now+1h", "-1", "99999999999999999999", "")) {
      var refusal = assertThrows(HttpRefusal.class, () -> read(bad, BERLIN), bad);
      assertEquals("from=" + bad, String.valueOf(refusal.getMessage()).split(": ", 2)[0]);
    }
    assertThrows(HttpRefusal.class, () -> Moments.zone("Mars/Olympus"));
  }

  private static Instant read(String text, ZoneId zone) {
    long micros = Moments.parse("from", text, NOW, zone);
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
  }
}
