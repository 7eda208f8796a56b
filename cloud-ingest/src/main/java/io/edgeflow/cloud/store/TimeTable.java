package io.edgeflow.cloud.store;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** The tables that grow with time, and how they are cut into parts of whole weeks. */
public enum TimeTable {
  SAMPLE_WINDOW(1, 400, 7),
  SAMPLE_RAW(1, 400, 7),
  SAMPLE_STATE(1, 400, 7),
  EVENT(1, 400, 7),
  /** A part has 672 rows of a series, so that its index fits into memory while it is written. */
  WINDOW_HOUR_SUM(4, 3_660, 28),
  /** 364 rows of a series in a part. */
  WINDOW_DAY_SUM(52, 11_000, 364),
  /** Kept as long as windows, of which it is made and which it stands for. */
  WINDOW_HOUR_STRIP(1, 400, 28);

  private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1000;
  // The epoch was a Thursday; weeks begin on Mondays.
  private static final int MONDAY = 4;

  private final int weeks;
  private final Duration back;
  private final Duration ahead;

  TimeTable(int weeks, int backDays, int aheadDays) {
    this.weeks = weeks;
    this.back = Duration.ofDays(backDays);
    this.ahead = Duration.ofDays(aheadDays);
  }

  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many weeks a part has. */
  int weeks() {
    return weeks;
  }

  /** How far from now parts are made; what lies further back shares one. */
  Duration back() {
    return back;
  }

  Duration ahead() {
    return ahead;
  }

  /** The number of the part that a time is in. */
  public long part(long micros) {
    return Math.floorDiv(micros - MONDAY * DAY_MICROS, weeks * 7L * DAY_MICROS);
  }

  LocalDate start(long part) {
    return LocalDate.ofEpochDay(part * weeks * 7 + MONDAY);
  }

  /** Where rows far from now are: a plain table beside hypertables, else the default partition. */
  public String archive() {
    return sqlName() + "_other";
  }

  /**
   * Whether its parts are PostgreSQL's own: those of roll-ups are, but for continuous aggregates.
   */
  public boolean isPartitioned(Layout layout) {
    if (this == WINDOW_HOUR_STRIP) {
      return true;
    }
    return switch (layout) {
      case Layout.NativePartitions _ -> true;
      case Layout.Community community -> isRollup() && !community.continuous();
      case Layout.Hypertables _ -> isRollup();
    };
  }

  private boolean isRollup() {
    return this == WINDOW_HOUR_SUM || this == WINDOW_DAY_SUM;
  }

  /** What readers read: all rows, wherever they lie; empty where that is another's work. */
  public Optional<String> view() {
    return switch (this) {
      case SAMPLE_WINDOW -> Optional.of("window_stored");
      case SAMPLE_RAW -> Optional.of("raw_stored");
      case SAMPLE_STATE -> Optional.of("state_stored");
      case EVENT -> Optional.of("event_stored");
      case WINDOW_HOUR_SUM, WINDOW_DAY_SUM, WINDOW_HOUR_STRIP -> Optional.empty();
    };
  }

  /** How much time a chunk or partition has. */
  public Duration part(Layout layout, StorageSettings settings) {
    return isPartitioned(layout) ? Duration.ofDays(7L * weeks) : chunk(settings);
  }

  /** How much time a chunk of a hypertable has. */
  Duration chunk(StorageSettings settings) {
    return switch (this) {
      case SAMPLE_WINDOW -> settings.chunks().minutes();
      case SAMPLE_RAW -> settings.chunks().raw();
      case SAMPLE_STATE -> settings.chunks().states();
      case EVENT -> settings.chunks().events();
      case WINDOW_HOUR_SUM, WINDOW_DAY_SUM, WINDOW_HOUR_STRIP -> Duration.ofDays(7L * weeks);
    };
  }

  /** How long rows are kept; empty: forever. */
  public Optional<Duration> kept(StorageSettings settings) {
    return switch (this) {
      case SAMPLE_WINDOW, WINDOW_HOUR_STRIP -> Optional.of(settings.retention().minutes());
      case SAMPLE_RAW -> Optional.of(settings.retention().raw());
      case SAMPLE_STATE -> Optional.of(settings.retention().states());
      case EVENT -> Optional.of(settings.retention().events());
      case WINDOW_HOUR_SUM -> Optional.of(settings.retention().hours());
      case WINDOW_DAY_SUM -> settings.retention().days();
    };
  }
}
