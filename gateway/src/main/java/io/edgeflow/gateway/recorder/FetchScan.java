package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.gateway.rawcapture.Stretch;
import java.util.List;

/**
 * Picks the wanted readings out of records, oldest first, and notes where records are missing.
 * Owned by one thread.
 */
final class FetchScan {
  private final FetchRequest request;
  private final Stretch wanted;
  private final Sink sink;
  private final FoundRows found = new FoundRows();
  private final RecordGaps gaps = new RecordGaps();
  private long number;
  private int index;
  private long sent;
  private long reportedBefore;
  private boolean limited;

  /** Takes what was found so far, some of which may have been sent before. */
  interface Sink {
    /** Returns how many readings were sent now and before now; the rows are empty then. */
    long send(FoundRows rows);
  }

  FetchScan(FetchRequest request, Stretch wanted, Sink sink) {
    this.request = request;
    this.wanted = wanted;
    this.sink = sink;
  }

  /** Takes the wanted readings of a record; false if there are more than the limit allows. */
  boolean record(long segment, long ofRecord, int type, byte[] payload) {
    gaps.record(segment, ofRecord);
    if (AlarmedMessage.isMessage(type)) {
      byte[] message = AlarmedMessage.message(type, payload);
      gaps.message(MessageRecord.arrivedMicros(message));
      number = ofRecord;
      index = 0;
      MessageRecord.read(message, this::take);
    }
    return !limited;
  }

  private void take(DecidedReading reading) {
    int at = index++;
    if (limited
        || !wanted.holds(reading.series, reading.eventMicros)
        || reading.verdict == Verdict.DUPLICATE) {
      return;
    }
    if (reading.reported && !request.again()) {
      reportedBefore++;
      return;
    }
    if (sent + found.size() >= request.limit()) {
      flush();
      limited = sent >= request.limit();
    }
    if (!limited) {
      found.add(reading, number, at);
    }
  }

  void flush() {
    sent = sink.send(found);
  }

  FoundRows found() {
    return found;
  }

  /** As {@link RecordGaps#end}. */
  void end(long lastAppended) {
    gaps.end(lastAppended);
  }

  List<FetchStatus.Missing> missing() {
    return gaps.between(request.fromMicros(), request.toMicros());
  }

  /** 0 if there is none. */
  long firstArrival() {
    return gaps.firstArrival();
  }

  /** Of the wanted readings, those that a report policy sent and that were left out. */
  long reportedBefore() {
    return reportedBefore;
  }

  boolean limited() {
    return limited;
  }
}
