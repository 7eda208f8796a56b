package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the wanted readings out of records, oldest first, and notes where records are missing.
 * Owned by one thread.
 */
final class FetchScan {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final FetchRequest request;
  private final BitSet wanted;
  private final RawRows found = new RawRows();
  private final List<FetchStatus.Missing> missing = new ArrayList<>();
  private long lastNumber;
  private long lastSegment;
  private long firstArrival = UNKNOWN;
  private long lastArrival = UNKNOWN;
  private FetchStatus.@Nullable Why hole;
  private long readings;
  private long reportedBefore;
  private boolean limited;

  /**
   * @param wanted the numbers of the series that the request names
   */
  FetchScan(FetchRequest request, BitSet wanted) {
    this.request = request;
    this.wanted = wanted;
  }

  /** Takes the wanted readings of a record; false if there are more than the limit allows. */
  boolean record(long segment, long number, int type, byte[] payload) {
    if (number > lastNumber + 1) {
      // Segments are deleted whole: a gap within one, or between two neighbours, is damage.
      boolean deleted = lastNumber == 0 || segment > lastSegment + 1;
      hole = deleted ? FetchStatus.Why.DELETED : FetchStatus.Why.DAMAGED;
    }
    lastNumber = number;
    lastSegment = segment;
    if (AlarmedMessage.isMessage(type)) {
      message(AlarmedMessage.message(type, payload));
    }
    return !limited;
  }

  private void message(byte[] payload) {
    long arrived = MessageRecord.arrivedMicros(payload);
    if (firstArrival == UNKNOWN) {
      firstArrival = arrived;
    }
    endHole(arrived);
    lastArrival = arrived;
    MessageRecord.read(payload, this::take);
  }

  private void take(DecidedReading reading) {
    if (!wanted.get(reading.series)
        || reading.eventMicros < request.fromMicros()
        || reading.eventMicros >= request.toMicros()
        || reading.verdict == Verdict.DUPLICATE
        || (reading.reported && request.onlyMissing())) {
      return;
    }
    if (readings == request.limit()) {
      limited = true;
      return;
    }
    readings++;
    reportedBefore += reading.reported ? 1 : 0;
    found.add(reading.series, reading.eventMicros, reading.number, reading.text, reading.quality);
  }

  private void endHole(long arrived) {
    if (hole == null) {
      return;
    }
    long from = Math.max(request.fromMicros(), lastArrival);
    long to = Math.min(request.toMicros(), arrived);
    if (from < to) {
      missing.add(new FetchStatus.Missing(from, to, hole));
    }
    hole = null;
  }

  /**
   * Everything was shown.
   *
   * @param lastAppended the newest number of the log when the scan began
   * @param nowMicros until when readings may have arrived
   */
  void end(long lastAppended, long nowMicros) {
    if (lastAppended > lastNumber) {
      hole = lastNumber == 0 ? FetchStatus.Why.DELETED : FetchStatus.Why.DAMAGED;
    }
    endHole(nowMicros);
  }

  RawRows found() {
    return found;
  }

  List<FetchStatus.Missing> missing() {
    return missing;
  }

  /** 0 if there is none. */
  long firstArrival() {
    return firstArrival == UNKNOWN ? 0 : firstArrival;
  }

  long readings() {
    return readings;
  }

  long reportedBefore() {
    return reportedBefore;
  }

  boolean limited() {
    return limited;
  }
}
