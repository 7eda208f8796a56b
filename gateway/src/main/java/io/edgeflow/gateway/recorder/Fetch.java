package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.rawcapture.SentStretch;
import io.edgeflow.gateway.rawcapture.Stretch;
import java.util.BitSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fetch: looks through the journal from its oldest segment on, because what was measured in the
 * asked time may have arrived at any time after. Runs on a thread of its own, holds one batch of
 * readings, and leaves the disk alone for as long as it used it.
 */
final class Fetch implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Fetch.class);

  /** A small batch, so that the owner thread is soon back at its work. */
  static final int BATCH_ROWS = 4096;

  private final String id;
  private final FetchRequest request;
  private final FetchLane lane;
  private final Journal journal;
  private final LaneTalk talk;
  private volatile FetchStatus status;

  // Owned by the thread of the fetch; the owner thread looks while that waits for it.
  private Stretch wanted;
  private FetchScan scan;
  private JournalPass pass;

  Fetch(String id, FetchRequest request, FetchLane lane, Journal journal) {
    this.id = id;
    this.request = request;
    this.lane = lane;
    this.journal = journal;
    this.wanted = stretch(new BitSet());
    this.scan = new FetchScan(request, wanted, this::send);
    this.pass = new JournalPass(journal, List.of(), () -> {});
    this.talk =
        new LaneTalk(
            lane,
            new FetchLane.Job(
                FetchLane.Bound.LANE,
                request.again(),
                place -> List.of(new SentStretch(wanted, place))));
    this.status = status(FetchStatus.State.READING, "", "");
  }

  private Stretch stretch(BitSet series) {
    return new Stretch(id, series, request.fromMicros(), request.toMicros());
  }

  FetchStatus status() {
    return status;
  }

  /** What was numbered is sent; nothing more is. */
  void cancel() {
    talk.cancel();
  }

  /** As {@link #cancel}, before the owner thread ends: it may not answer any more. */
  void close() {
    talk.close();
  }

  @Override
  public void run() {
    try {
      talk.await(lane.forget());
      wanted = stretch(talk.await(lane.ask(this::series)));
      scan = new FetchScan(request, wanted, this::send);
      read();
      scan.flush();
      awaitVerdicts();
      status = status(FetchStatus.State.DONE, "", "");
    } catch (LaneTalk.Ended e) {
      status = status(FetchStatus.State.CANCELLED, "", "");
    } catch (RuntimeException e) {
      log.warn("a fetch failed: id={} error={}", id, e.toString());
      status = status(FetchStatus.State.FAILED, "", String.valueOf(e.getMessage()));
    }
  }

  /** The numbers of the series that the request names. */
  private BitSet series(EdgeState state) {
    BitSet ids = new BitSet();
    state.series.all().stream()
        .filter(series -> request.wants(series.name()))
        .forEach(series -> ids.set(series.id()));
    return ids;
  }

  private void read() {
    long lastNumber = journal.syncedNumber();
    pass =
        new JournalPass(
            journal,
            journal.segments(),
            () -> {
              talk.check();
              status = status(FetchStatus.State.READING, "", "");
            });
    if (pass.run(this::take)) {
      scan.end(lastNumber);
    }
  }

  private boolean take(long segment, long number, int type, byte[] payload) {
    boolean more = scan.record(segment, number, type, payload);
    if (scan.found().isFull(BATCH_ROWS)) {
      scan.flush();
    }
    return more;
  }

  private long send(FoundRows rows) {
    talk.hand(rows, () -> status = status(FetchStatus.State.READING, talk.last().waitsFor(), ""));
    pass.rested();
    return talk.last().readings();
  }

  /** Returns when every frame has its verdict. */
  private void awaitVerdicts() {
    FetchLane.Answer fate = talk.look();
    while (fate.delivered() + fate.undelivered() < fate.frames()) {
      talk.check();
      status = status(FetchStatus.State.SENDING, "the cloud's verdict", "");
      talk.pause();
      fate = talk.look();
    }
  }

  private FetchStatus status(FetchStatus.State state, String waitsFor, String error) {
    FetchLane.Answer fate = talk.last();
    return new FetchStatus(
        id,
        request,
        state,
        waitsFor,
        wanted.series().cardinality(),
        pass.segments(),
        pass.segmentsRead(),
        pass.bytes(),
        pass.bytesRead(),
        fate.readings(),
        scan.reportedBefore() + fate.before(),
        fate.frames(),
        fate.delivered(),
        fate.undelivered(),
        scan.limited(),
        scan.firstArrival(),
        scan.missing(),
        error);
  }
}
