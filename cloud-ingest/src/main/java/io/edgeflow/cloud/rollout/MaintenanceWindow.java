package io.edgeflow.cloud.rollout;

import io.edgeflow.process.settings.Check;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
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
   * The opening that begins on that date; while it lasts, the clock shows no time outside of the
   * window. Where the clock is put forward over its hours, it is shorter or empty. Of a time that
   * comes twice the first closes it; the second opens it, unless the window lies within the hour
   * that is repeated: then it is open the first time only.
   */
  Opening on(LocalDate date, ZoneId zone) {
    LocalDate last = to.time().isAfter(from.time()) ? date : date.plusDays(1);
    ZonedDateTime closes = first(last.atTime(to.time()), zone);
    ZonedDateTime opens = first(date.atTime(from.time()), zone);
    ZonedDateTime second = opens.withLaterOffsetAtOverlap();
    return new Opening(second.isBefore(closes) ? second : opens, closes);
  }

  /** Of a time that is left out, the moment at which the clock jumps over it. */
  private static ZonedDateTime first(LocalDateTime wall, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(wall);
    return change != null && change.isGap() ? change.getInstant().atZone(zone) : wall.atZone(zone);
  }
}
