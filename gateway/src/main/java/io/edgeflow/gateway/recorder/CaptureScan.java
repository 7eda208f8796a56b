package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.gateway.rawcapture.Place;
import io.edgeflow.gateway.rawcapture.SentStretch;
import io.edgeflow.gateway.rawcapture.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks what several stretches around alarms want out of records, oldest first, and counts it for
 * each. What a report policy sent is counted and left. Owned by one thread at a time.
 */
final class CaptureScan {
  private static final Place NO_END = new Place(Long.MAX_VALUE, 0);

  private final List<One> ones;
  private final int mostReadings;
  private final FoundRows found = new FoundRows();
  private final RecordGaps gaps = new RecordGaps();
  private long number;
  private int index;

  /** A stretch, and what was found of it. */
  static final class One {
    private final Around around;
    private long readings;

    /** Behind the last reading that it may have. */
    private Place end = NO_END;

    private One(Around around) {
      this.around = around;
    }

    Around around() {
      return around;
    }

    long readings() {
      return readings;
    }

    boolean limited() {
      return !end.equals(NO_END);
    }
  }

  /**
   * @param mostReadings of each stretch
   */
  CaptureScan(List<Around> wanted, int mostReadings) {
    this.ones = wanted.stream().map(One::new).toList();
    this.mostReadings = mostReadings;
  }

  void record(long segment, long ofRecord, int type, byte[] payload) {
    gaps.record(segment, ofRecord);
    if (AlarmedMessage.isMessage(type)) {
      byte[] message = AlarmedMessage.message(type, payload);
      gaps.message(MessageRecord.arrivedMicros(message));
      number = ofRecord;
      index = 0;
      MessageRecord.read(message, this::take);
    }
  }

  private void take(DecidedReading reading) {
    int at = index++;
    if (reading.verdict == Verdict.DUPLICATE) {
      return;
    }
    boolean wanted = false;
    for (int i = 0; i < ones.size(); i++) {
      wanted |= takes(ones.get(i), reading, at);
    }
    if (wanted && !reading.reported) {
      found.add(reading, number, at);
    }
  }

  private boolean takes(One one, DecidedReading reading, int at) {
    if (one.limited() || !one.around.stretch().holds(reading.series, reading.eventMicros)) {
      return false;
    }
    if (one.readings == mostReadings) {
      one.end = new Place(number, at);
      return false;
    }
    one.readings++;
    return true;
  }

  FoundRows found() {
    return found;
  }

  RecordGaps gaps() {
    return gaps;
  }

  List<One> ones() {
    return ones;
  }

  /** What was sent of each when all that was found before a place was. */
  List<SentStretch> upTo(Place place) {
    List<SentStretch> sent = new ArrayList<>();
    for (One one : ones) {
      Stretch stretch = one.around.stretch();
      sent.add(new SentStretch(stretch, one.end.compareTo(place) < 0 ? one.end : place));
    }
    return sent;
  }
}
