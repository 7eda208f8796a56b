package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.rawcapture.Around;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the readings around some alarms: once through the segments that can hold any of them. Runs
 * on a thread of its own. Where it is cut off, the next one finds by the log what was sent.
 */
final class CapturePass implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(CapturePass.class);

  /** How far apart the arrival of a reading and its time may be, if it is ahead: T2, and more. */
  private static final long MARGIN_MICROS = 600_000_000;

  private final Journal journal;
  private final FetchLane lane;
  private final LaneTalk talk;
  private final CaptureScan scan;
  private final long fromMicros;
  private final Consumer<CapturePass> ended;
  private boolean complete;
  private int segmentsRead;

  /**
   * @param wanted at least one
   * @param before whose frames wait together with those of this one
   * @param ended called at the end, on the thread of the pass
   */
  CapturePass(
      List<Around> wanted,
      int mostReadings,
      Journal journal,
      FetchLane lane,
      FetchLane.Job before,
      Consumer<CapturePass> ended) {
    this.journal = journal;
    this.lane = lane;
    this.scan = new CaptureScan(wanted, mostReadings);
    this.talk = new LaneTalk(lane, before.next(scan::upTo));
    this.fromMicros =
        wanted.stream().mapToLong(one -> one.stretch().fromMicros()).min().orElseThrow();
    this.ended = ended;
  }

  @Override
  public void run() {
    try {
      talk.await(lane.forget());
      awaitSync();
      read();
      talk.hand(scan.found(), () -> {});
      complete = true;
    } catch (LaneTalk.Ended e) {
      log.debug("cut off");
    } catch (RuntimeException | IOException e) {
      log.warn("the readings around alarms wait for the next attempt: error={}", e.toString());
    } finally {
      ended.accept(this);
    }
  }

  /** Readings that nobody waits for are synced in their own time. */
  private void awaitSync() {
    journal.wantSyncNow();
    long wanted = journal.lastNumber();
    while (journal.syncedNumber() < wanted) {
      talk.check();
      talk.pause();
    }
  }

  private void read() throws IOException {
    long lastNumber = journal.syncedNumber();
    List<SegmentInfo> all = journal.segments();
    int first = first(all);
    if (first > 0) {
      scan.gaps().startAt(all.get(first).firstNumber());
    }
    JournalPass pass = new JournalPass(journal, all.subList(first, all.size()), talk::check);
    pass.run(
        (segment, number, type, payload) -> {
          scan.record(segment, number, type, payload);
          if (scan.found().isFull(Fetch.BATCH_ROWS)) {
            talk.hand(scan.found(), () -> {});
            pass.rested();
          }
          return true;
        });
    segmentsRead = pass.segmentsRead();
    scan.gaps().end(lastNumber);
  }

  /** The newest segment before which nothing wanted can have arrived. */
  private int first(List<SegmentInfo> all) throws IOException {
    for (int i = all.size() - 1; i > 0; i--) {
      if (firstArrival(all.get(i)) < fromMicros - MARGIN_MICROS) {
        return i;
      }
    }
    return 0;
  }

  private long firstArrival(SegmentInfo segment) throws IOException {
    long[] first = {Long.MAX_VALUE};
    journal.scan(
        segment.id(),
        (number, type, payload, bytesBefore) -> {
          if (!AlarmedMessage.isMessage(type)) {
            return true;
          }
          first[0] = MessageRecord.arrivedMicros(AlarmedMessage.message(type, payload));
          return false;
        });
    return first[0];
  }

  /** As {@link LaneTalk#close}. */
  void close() {
    talk.close();
  }

  /** Whether everything is in frames. When it ended. */
  boolean complete() {
    return complete;
  }

  /** When it ended. */
  CaptureScan scan() {
    return scan;
  }

  /** How many it looked through. When it ended. */
  int segmentsRead() {
    return segmentsRead;
  }
}
