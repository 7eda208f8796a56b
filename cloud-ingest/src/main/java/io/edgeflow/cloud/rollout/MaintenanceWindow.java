package io.edgeflow.cloud.rollout;

import io.edgeflow.process.settings.Check;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * When edges may begin, by the clock on their own wall.
 *
 * @param days on which it opens; none: every day
 * @param to when it closes; not later than {@code from}: on the day after
 */
public record MaintenanceWindow(List<Day> days, ClockTime from, ClockTime to) {
  /** Of the week, in the order of {@link java.time.DayOfWeek}. */
  public enum Day {
    MON,
    TUE,
    WED,
    THU,
    FRI,
    SAT,
    SUN
  }

  /** One opening, on the line of real time. */
  record Opening(ZonedDateTime from, ZonedDateTime to) {}

  public MaintenanceWindow {
    days = List.copyOf(days);
    new Check()
        .that(days.stream().distinct().count() == days.size(), "days", "must be named once each")
        .orRefuse();
  }

  /** What a clock on the wall shows between opening and closing. */
  Duration length() {
    Duration length = Duration.between(from.time(), to.time());
    return length.isPositive() ? length : length.plusDays(1);
  }

  boolean opensOn(LocalDate date) {
    return days.isEmpty() || days.contains(Day.values()[date.getDayOfWeek().getValue() - 1]);
  }

  /**
   * The opening that begins on that date. Where the clock is put forward over its hours, it is
   * shorter or empty; where it is put back, the first of two equal times counts.
   */
  Opening on(LocalDate date, ZoneId zone) {
    LocalDate last = to.time().isAfter(from.time()) ? date : date.plusDays(1);
    return new Opening(
        ZonedDateTime.of(date, from.time(), zone), ZonedDateTime.of(last, to.time(), zone));
  }
}
