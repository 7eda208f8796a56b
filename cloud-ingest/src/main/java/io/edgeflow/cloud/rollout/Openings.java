package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.MaintenanceWindow.Opening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The maintenance windows of a rollout in the time zone of an edge; none means always open. */
final class Openings {
  /**
   * A window of one day of the week opens within these, though the clock be put forward over it.
   */
  private static final int DAYS_AHEAD = 15;

  private final List<MaintenanceWindow> windows;
  private final ZoneId zone;

  Openings(List<MaintenanceWindow> windows, ZoneId zone) {
    this.windows = windows;
    this.zone = zone;
  }

  /** Whether an edge may begin now: it is open, and stays so for that long. */
  boolean open(Instant now, Duration atLeast) {
    return windows.isEmpty()
        || closes(now).filter(end -> !now.plus(atLeast).isAfter(end)).isPresent();
  }

  /** When what is open now closes; empty if nothing is open, or always. */
  Optional<Instant> closes(Instant now) {
    return around(now, 0)
        .filter(opening -> !opening.from().toInstant().isAfter(now))
        .map(opening -> opening.to().toInstant())
        .filter(now::isBefore)
        .max(Comparator.naturalOrder());
  }

  /** The first moment from now on at which an edge may begin; empty if there is none for weeks. */
  Optional<Instant> next(Instant now, Duration atLeast) {
    if (open(now, atLeast)) {
      return Optional.of(now);
    }
    return around(now, DAYS_AHEAD)
        .map(opening -> opening.from().toInstant())
        .filter(now::isBefore)
        .filter(start -> open(start, atLeast))
        .min(Comparator.naturalOrder());
  }

  private Stream<Opening> around(Instant now, int daysAhead) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return LongStream.rangeClosed(-1, daysAhead)
        .mapToObj(today::plusDays)
        .flatMap(
            date ->
                windows.stream()
                    .filter(window -> window.opensOn(date))
                    .map(window -> window.on(date, zone)))
        .filter(opening -> opening.from().isBefore(opening.to()));
  }
}
