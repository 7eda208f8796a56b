package io.edgeflow.cloud.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Cuts time into the stretches that points stand for; all times are microseconds since the epoch.
 */
sealed interface Grid {
  static Grid of(Step step, ZoneId zone) {
    return step.isDays() ? new Days(step.days(), zone) : new Even(step.micros());
  }

  /** Where the stretch begins that the moment lies in. */
  long floor(long micros);

  /** Where the next stretch begins. */
  long after(long micros);

  /** The first boundary that is not before the moment. */
  default long ceil(long micros) {
    long floor = floor(micros);
    return floor == micros ? micros : after(floor);
  }

  /** Stretches of equal length, counted from the epoch. */
  record Even(long length) implements Grid {
    @Override
    public long floor(long micros) {
      return Math.floorDiv(micros, length) * length;
    }

    @Override
    public long after(long micros) {
      return floor(micros) + length;
    }
  }

  /**
   * Days as the clocks of a place show them: 23 to 25 hours. Several of them are counted from a
   * Monday, so that seven are a week.
   */
  record Days(int days, ZoneId zone) implements Grid {
    private static final long MONDAY = LocalDate.of(1970, 1, 5).toEpochDay();

    @Override
    public long floor(long micros) {
      long day =
          Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone).toLocalDate().toEpochDay();
      return start(day - Math.floorMod(day - MONDAY, (long) days));
    }

    @Override
    public long after(long micros) {
      long day =
          Instant.EPOCH
              .plus(floor(micros), ChronoUnit.MICROS)
              .atZone(zone)
              .toLocalDate()
              .toEpochDay();
      return start(day + days);
    }

    private long start(long epochDay) {
      return Moments.micros(LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant());
    }
  }
}
