package io.edgeflow.gateway.recorder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes where records are missing from those that are shown to it. Owned by one thread. */
final class RecordGaps {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final List<FetchStatus.Missing> missing = new ArrayList<>();
  private long lastNumber;
  private long lastSegment;
  private long firstArrival = UNKNOWN;
  private long lastArrival = UNKNOWN;
  private FetchStatus.@Nullable Why hole;

  /** Nothing before this record is to be shown. */
  void startAt(long number) {
    lastNumber = number - 1;
  }

  void record(long segment, long number) {
    if (number > lastNumber + 1) {
      // Segments are deleted whole: a gap within one, or between two neighbours, is damage.
      boolean deleted = lastNumber == 0 || segment > lastSegment + 1;
      hole = deleted ? FetchStatus.Why.DELETED : FetchStatus.Why.DAMAGED;
    }
    lastNumber = number;
    lastSegment = segment;
  }

  /** The record is a message. */
  void message(long arrivedMicros) {
    if (firstArrival == UNKNOWN) {
      firstArrival = arrivedMicros;
    }
    endHole(arrivedMicros);
    lastArrival = arrivedMicros;
  }

  private void endHole(long arrived) {
    if (hole != null) {
      missing.add(new FetchStatus.Missing(lastArrival, arrived, hole));
      hole = null;
    }
  }

  /**
   * Everything was shown.
   *
   * @param lastAppended the newest number of the log when this began
   */
  void end(long lastAppended) {
    if (lastAppended > lastNumber) {
      hole = lastNumber == 0 ? FetchStatus.Why.DELETED : FetchStatus.Why.DAMAGED;
    }
    endHole(Long.MAX_VALUE);
  }

  /** Stretches of arrival, as far as they lie between two times. */
  List<FetchStatus.Missing> between(long fromMicros, long toMicros) {
    List<FetchStatus.Missing> cut = new ArrayList<>();
    for (FetchStatus.Missing gap : missing) {
      long from = Math.max(fromMicros, gap.fromMicros());
      long to = Math.min(toMicros, gap.toMicros());
      if (from < to) {
        cut.add(new FetchStatus.Missing(from, to, gap.why()));
      }
    }
    return cut;
  }

  /** 0 if there is none. */
  long firstArrival() {
    return firstArrival == UNKNOWN ? 0 : firstArrival;
  }
}
