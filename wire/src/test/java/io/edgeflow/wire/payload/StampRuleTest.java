package io.edgeflow.wire.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StampRuleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auto|1763672400|1763672400000000",
        "auto|1763672400.125|1763672400125000",
        "auto|1763672400125|1763672400125000",
        "auto|1763672400125000|1763672400125000",
        "auto|1763672400125000999|1763672400125000",
        "auto|2025-11-20T21:00:00.5Z|1763672400500000",
        "auto|2025-11-20 22:00:00+01:00|1763672400000000",
        "iso|2025-11-20T22:00:00|1763672400000000",
        "iso|2025-11-20|1763593200000000",
        "s|1763672400|1763672400000000",
        "ms|1763672400000.125|1763672400000125",
        "us|1763672400000001|1763672400000001",
        "ns|1763672400000001999|1763672400000001",
        "ns|-1|-1",
        "dd.MM.yyyy HH:mm:ss|20.11.2025 22:00:00|1763672400000000",
        "MMM d yyyy h:mm:ss a XXX|Nov 20 2025 9:00:00 PM Z|1763672400000000",
        "yyyyMMdd|20251120|1763593200000000"
      })
  void readsEveryFormat(String format, String text, long micros) {
    assertEquals(OptionalLong.of(micros), rule(format).of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s|2025-11-20T21:00:00Z",
        "iso|1763672400",
        "auto|noon",
        "auto|1-2",
        "auto|''",
        "s|9223372036854775807",
        "s|-9223372036854775808",
        "ms|99999999999999999999",
        "iso|+999999999-12-31T23:59:59Z",
        "dd.MM.yyyy HH:mm:ss|2025-11-20",
        "auto|..",
        "auto|111111111111111111111111111111111111111111111111111111111111111111111"
      })
  void findsNoSenseInOthers(String format, String text) {
    assertEquals(OptionalLong.empty(), rule(format).of(text));
  }

  @Test
  void readsNumbersWithoutText() {
    assertEquals(OptionalLong.of(1_763_672_400_125_000L), rule("auto").of(1_763_672_400.125));
    assertEquals(OptionalLong.of(1_763_672_400_000_000L), rule("auto").of(1_763_672_400L));
    assertEquals(OptionalLong.empty(), rule("auto").of(Double.NaN));
    assertEquals(OptionalLong.empty(), rule("auto").of(1e300));
    assertEquals(OptionalLong.empty(), rule("iso").of(5L));
    assertEquals(OptionalLong.empty(), rule("ms").of(Long.MIN_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "seconds",
        "min",
        "HH:mm",
        "yyyy-MM-dd'T",
        "yyyy{",
        "dd.MM.yyyy hh:mm:ss",
        "yyyy-MM-dd K:mm"
      })
  void refusesWhatIsNoFormat(String format) {
    assertNotNull(StampRule.fault(format));
  }

  private static StampRule rule(String format) {
    return StampRule.of(format, ZoneId.of("Europe/Berlin"));
  }
}
