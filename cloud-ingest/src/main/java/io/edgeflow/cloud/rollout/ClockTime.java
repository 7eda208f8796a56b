package io.edgeflow.cloud.rollout;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of a day as a clock on the wall shows it, {@code 22:00}. */
public record ClockTime(LocalTime time) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,2}):(\\d{2})");

  /**
   * @throws IllegalArgumentException naming the rule that the text breaks
   */
  public static ClockTime parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    try {
      if (form.matches()) {
        int hour = Integer.parseInt(form.group(1));
        int minute = Integer.parseInt(form.group(2));
        return new ClockTime(LocalTime.of(hour == 24 && minute == 0 ? 0 : hour, minute));
      }
    } catch (DateTimeException notOne) {
      // Answered below, like one of another form.
    }
    throw new IllegalArgumentException("must be a time of the day, 00:00 to 24:00");
  }

  @Override
  public String toString() {
    return time.toString();
  }
}
