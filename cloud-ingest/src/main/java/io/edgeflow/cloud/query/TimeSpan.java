package io.edgeflow.cloud.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/** Reads {@code from} and {@code to}. */
final class TimeSpan {
  /** What is shown when nobody says. */
  private static final Duration STANDARD = Duration.ofHours(1);

  private static final Duration LONGEST = Duration.ofDays(36_600);

  private TimeSpan() {}

  /** Until now and for one hour, where nothing else is asked. */
  static Span of(Parameters parameters, InstantSource clock, ZoneId zone) {
    Instant now = clock.instant();
    long to = end(parameters, clock, zone);
    long from =
        parameters
            .text("from")
            .map(text -> Moments.parse("from", text, now, zone))
            .orElse(to - STANDARD.toNanos() / 1000);
    if (from >= to) {
      throw Parameters.wrong("from", parameters.text("from").orElse("now-1h"), "must be before to");
    }
    if (to - from > LONGEST.toSeconds() * 1_000_000) {
      throw Parameters.wrong("from", parameters.text("from").orElse(""), "is too long before to");
    }
    return new Span(from, to);
  }

  /** Until now and from the beginning, where nothing else is asked. */
  static Span sinceEver(Parameters parameters, InstantSource clock, ZoneId zone) {
    return parameters.text("from").isPresent()
        ? of(parameters, clock, zone)
        : new Span(0, end(parameters, clock, zone));
  }

  /** Microseconds since the epoch. */
  static long end(Parameters parameters, InstantSource clock, ZoneId zone) {
    Instant now = clock.instant();
    return parameters
        .text("to")
        .map(text -> Moments.parse("to", text, now, zone))
        .orElseGet(() -> Moments.micros(now));
  }
}
