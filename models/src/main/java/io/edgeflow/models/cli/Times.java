package io.edgeflow.models.cli;

import io.edgeflow.process.settings.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Microseconds since the epoch, as people read and write them. */
final class Times {
  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");
  private static final Pattern DURATION = Pattern.compile("\\d+\\s*[a-z]+");

  private Times() {}

  static String text(long micros) {
    return instant(micros).toString();
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /**
   * @param text ISO-8601 with an offset, epoch milliseconds, or a duration before {@code end}
   * @throws IllegalArgumentException if it is none of these
   */
  static long micros(String text, Instant end) {
    String told = text.strip();
    if (MILLIS.matcher(told).matches()) {
      return Math.multiplyExact(Long.parseLong(told), 1_000);
    }
    if (DURATION.matcher(told).matches()) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, end.minus(Durations.parse(told)));
    }
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(told).toInstant());
    } catch (DateTimeException noTime) {
      throw new IllegalArgumentException(
          "'" + told + "' is no time such as 2026-01-31T06:00:00Z, epoch milliseconds or 30d",
          noTime);
    }
  }
}
