package io.edgeflow.gateway.fetch;

import io.edgeflow.process.settings.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Points in time as people and programs write them. */
public final class Moments {
  public static final String RULE =
      "must be ISO-8601 such as 2026-01-31T06:00:00Z, epoch milliseconds, or now, now-15m";

  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");
  private static final Pattern OFFSET = Pattern.compile(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)");
  private static final String NOW = "now";

  private Moments() {}

  /**
   * Microseconds since the epoch. A time without an offset is one of the zone's clocks.
   *
   * @throws IllegalArgumentException naming the {@link #RULE}
   */
  public static long parse(String text, long nowMicros, ZoneId zone) {
    try {
      String stripped = text.strip();
      if (MILLIS.matcher(stripped).matches()) {
        return Math.multiplyExact(Long.parseLong(stripped), 1000);
      }
      return stripped.startsWith(NOW)
          ? nowMicros - agoMicros(stripped.substring(NOW.length()))
          : ChronoUnit.MICROS.between(Instant.EPOCH, instant(stripped, zone));
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException malformed) {
      throw new IllegalArgumentException(RULE, malformed);
    }
  }

  private static long agoMicros(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.startsWith("-")) {
      throw new IllegalArgumentException(RULE);
    }
    return Durations.parse(text.substring(1)).toNanos() / 1000;
  }

  private static Instant instant(String text, ZoneId zone) {
    if (OFFSET.matcher(text).matches()) {
      return OffsetDateTime.parse(text).toInstant();
    }
    return text.contains("T")
        ? LocalDateTime.parse(text).atZone(zone).toInstant()
        : LocalDate.parse(text).atStartOfDay(zone).toInstant();
  }

  /** ISO-8601 in UTC. */
  public static String format(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
