package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.http.HttpRefusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepTest {
  @Test
  void takesLengthsThatWindowsFitInto() {
    assertEquals(10_000_000L, Step.parse("10s").micros());
    assertEquals(500_000L, Step.parse("500ms").micros());
    assertEquals(60_000_000L, Step.parse("1m").micros());
    assertEquals(Duration.ofHours(6), Step.parse("6h").length());
    assertTrue(Step.parse("24h").isDays());
    assertEquals(7, Step.parse("1w").days());
  }

  @Test
  void namesParameterValueAndRuleOfWhatItRefuses() {
    for (String bad :
        List.of(
            "", "1", "m", "7m", "7s", "5h", "25h", "0s", "-1m", "1.5h", "1y", "9999999d", "50ms")) {
      var refusal = assertThrows(HttpRefusal.class, () -> Step.parse(bad), bad);
      assertEquals("step=" + bad + ": " + Step.RULE, refusal.getMessage());
    }
  }

  @Test
  void fitsTheSpanToTheNumberOfPointsThatIsWanted() {
    long month = Duration.ofDays(30).toMillis() * 1000;
    assertEquals("15m", Step.fitting(month, 3000).text());
    assertEquals("1d", Step.fitting(month, 30).text());
    assertEquals("7d", Step.fitting(month, 4).text());
  }

  @Test
  void fitsTheSpanToAScreen() {
    assertEquals("5s", Step.fitting(Duration.ofMinutes(15).toMillis() * 1000, 420).text());
    assertEquals("10s", Step.fitting(Duration.ofHours(1).toMillis() * 1000, 420).text());
    assertEquals("30m", Step.fitting(Duration.ofDays(7).toMillis() * 1000, 420).text());
    assertEquals("91d", Step.fitting(Duration.ofDays(30_000).toMillis() * 1000, 420).text());
  }
}
