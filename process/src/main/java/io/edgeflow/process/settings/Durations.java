package io.edgeflow.process.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 5s}, {@code 1m}, {@code 48h}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(us|ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", ChronoUnit.DAYS);
    UNITS.put("h", ChronoUnit.HOURS);
    UNITS.put("m", ChronoUnit.MINUTES);
    UNITS.put("s", ChronoUnit.SECONDS);
    UNITS.put("ms", ChronoUnit.MILLIS);
    UNITS.put("us", ChronoUnit.MICROS);
  }

  private Durations() {}

  /**
   * @throws IllegalArgumentException naming the rule that the text breaks
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    ChronoUnit unit = form.matches() ? UNITS.get(form.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("must be a duration such as 500ms (us, ms, s, m, h, d)");
    }
    try {
      // Timers count nanoseconds: what they cannot count is no setting.
      return Duration.ofNanos(Duration.of(Long.parseLong(form.group(1)), unit).toNanos());
    } catch (ArithmeticException tooLong) {
      throw new IllegalArgumentException("is longer than 292 years", tooLong);
    }
  }

  /** In the largest unit that states it exactly. */
  public static String format(Duration duration) {
    for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
      long size = unit.getValue().getDuration().toNanos();
      if (!duration.isZero() && duration.toNanos() % size == 0) {
        return duration.toNanos() / size + unit.getKey();
      }
    }
    return duration.isZero() ? "0s" : duration.toNanos() + "ns";
  }
}
