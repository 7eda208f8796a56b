package io.edgeflow.cloud.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a point: a divisor of one hour, whole hours that divide a day, or whole days. Only
 * then do windows, whose lengths divide one hour, fit into points without being split (Q2).
 */
record Step(String text, Duration length) {
  static final String RULE =
      "must divide one hour (10s, 1m, 15m), or be whole hours that divide a day (1h, 6h), or whole"
          + " days (1d, 7d; at most 366d)";

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m|h|d|w)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long SHORTEST = 100;

  /** What is chosen from when nobody says. */
  private static final List<String> NICE =
      List.of(
          "1s", "5s", "10s", "30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "2h", "3h", "6h",
          "12h", "1d", "7d", "28d", "91d");

  /** As many points as a wide screen shows well. */
  static final int POINTS_THAT_FIT = 420;

  static Step parse(String text) {
    return of(text).orElseThrow(() -> Parameters.wrong("step", text, RULE));
  }

  /** The shortest nice step that does not make more points than asked for. */
  static Step fitting(long spanMicros, int points) {
    for (String nice : NICE) {
      Step step = of(nice).orElseThrow();
      if (spanMicros / step.micros() <= points) {
        return step;
      }
    }
    return of("364d").orElseThrow();
  }

  long micros() {
    return length.toNanos() / 1000;
  }

  /** Whether it is made of calendar days, which a time zone makes longer or shorter. */
  boolean isDays() {
    return length.toMillis() >= DAY;
  }

  /** How many days; only if it is made of days. */
  int days() {
    return (int) length.toDays();
  }

  private static Optional<Step> of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO);
    Duration length = unit.multipliedBy(Long.parseLong(parts.group(1)));
    return isFit(length.toMillis()) ? Optional.of(new Step(text, length)) : Optional.empty();
  }

  private static boolean isFit(long millis) {
    if (millis < SHORTEST) {
      return false;
    }
    if (millis < HOUR) {
      return HOUR % millis == 0;
    }
    return millis < DAY
        ? millis % HOUR == 0 && DAY % millis == 0
        : millis % DAY == 0 && millis <= 366 * DAY;
  }
}
