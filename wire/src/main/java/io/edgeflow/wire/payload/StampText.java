package io.edgeflow.wire.payload;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/**
 * The stamp of a reading: milliseconds since the epoch, also with decimals, or ISO-8601 with an
 * offset.
 */
final class StampText {
  /** Beyond about 285 000 years nothing is meant, and microseconds would not fit. */
  private static final long MOST_MILLIS = 9_000_000_000_000_000L;

  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000);

  private StampText() {}

  static OptionalLong ofMillis(long millis) {
    // Not by Math.abs: the least of all numbers has no absolute value.
    return millis > MOST_MILLIS || millis < -MOST_MILLIS
        ? OptionalLong.empty()
        : OptionalLong.of(millis * 1_000);
  }

  static OptionalLong ofMillis(double millis) {
    // The comparison is false for NaN too. A decimal literal is meant, so its digits count, not its
    // binary value.
    return Math.abs(millis) <= MOST_MILLIS
        ? OptionalLong.of(BigDecimal.valueOf(millis).multiply(MICROS).longValue())
        : OptionalLong.empty();
  }

  static OptionalLong ofIso(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      long seconds = Math.multiplyExact(instant.getEpochSecond(), 1_000_000L);
      return OptionalLong.of(Math.addExact(seconds, instant.getNano() / 1_000));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
