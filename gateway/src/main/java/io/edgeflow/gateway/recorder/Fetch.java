package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
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
  private static final int BATCH_ROWS = 4096;

  private static final long PACE_BYTES = 1 << 20;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;
  private static final long LOOK_NANOS = 100_000_000;
  private static final long PATIENCE_MILLIS = 100;

  private final String id;
  private final FetchRequest request;
  private final FetchLane lane;
  private final Journal journal;
  private final FetchLane.Sent sent = new FetchLane.Sent();
  private volatile boolean cancelled;
  private volatile boolean closing;
  private volatile FetchStatus status;

  // Owned by the thread of the fetch.
  private FetchLane.Answer fate = new FetchLane.Answer("", false, 0, 0, 0);
  private int seriesMatched;
  private int segments;
  private int segmentsRead;
  private long bytes;
  private long bytesRead;
  private long inSegment;
  private long pacedBytes;
  private long pacedNanos;

  Fetch(String id, FetchRequest request, FetchLane lane, Journal journal) {
    this.id = id;
    this.request = request;
    this.lane = lane;
    this.journal = journal;
    this.status = status(FetchStatus.State.READING, new FetchScan(request, new BitSet()), "");
  }

  FetchStatus status() {
    return status;
  }

  /** What was numbered is sent; nothing more is. */
  void cancel() {
    cancelled = true;
  }

  /** As {@link #cancel}, before the owner thread ends: it may not answer any more. */
  void close() {
    cancelled = true;
    closing = true;
  }

  @Override
  public void run() {
    FetchScan scan = new FetchScan(request, new BitSet());
    try {
      scan = new FetchScan(request, wanted());
      read(scan);
      hand(scan);
      send(scan);
      status = status(FetchStatus.State.DONE, scan, "");
    } catch (Cancelled e) {
      status = status(FetchStatus.State.CANCELLED, scan, "");
    } catch (RuntimeException e) {
      log.warn("a fetch failed: id={} error={}", id, e.toString());
      status = status(FetchStatus.State.FAILED, scan, "", String.valueOf(e.getMessage()));
    }
  }

  /** The numbers of the series that the request names. */
  private BitSet wanted() {
    BitSet wanted =
        await(
            lane.ask(
                state -> {
                  BitSet ids = new BitSet();
                  state.series.all().stream()
                      .filter(series -> request.wants(series.name()))
                      .forEach(series -> ids.set(series.id()));
                  return ids;
                }));
    seriesMatched = wanted.cardinality();
    return wanted;
  }

  private void read(FetchScan scan) {
    long lastNumber = journal.syncedNumber();
    List<SegmentInfo> all = journal.segments();
    segments = all.size();
    bytes = all.stream().mapToLong(SegmentInfo::bytes).sum();
    for (SegmentInfo segment : all) {
      read(segment, scan);
      if (scan.limited()) {
        return;
      }
    }
    scan.end(lastNumber, request.toMicros());
  }

  private void read(SegmentInfo segment, FetchScan scan) {
    inSegment = 0;
    try {
      journal.scan(
          segment.id(),
          (number, type, payload, bytesBefore) -> {
            advance(bytesBefore, scan);
            return scan.record(segment.id(), number, type, payload) && handIfFull(scan);
          });
    } catch (IOException deletedMeanwhile) {
      // The numbers that the next one begins with tell what is missing.
      log.debug(
          "a segment is gone: segment={} error={}", segment.id(), deletedMeanwhile.toString());
    }
    segmentsRead++;
    advance(segment.bytes(), scan);
  }

  private void advance(long bytesBefore, FetchScan scan) {
    bytesRead += bytesBefore - inSegment;
    inSegment = bytesBefore;
    if (bytesRead - pacedBytes >= PACE_BYTES) {
      LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, System.nanoTime() - pacedNanos));
      pacedBytes = bytesRead;
      pacedNanos = System.nanoTime();
      checkCancelled();
      status = status(FetchStatus.State.READING, scan, "");
    }
  }

  private boolean handIfFull(FetchScan scan) {
    RawRows found = scan.found();
    if (found.size() >= BATCH_ROWS || found.textChars() >= RawFramer.TEXT_CHARS) {
      hand(scan);
    }
    return true;
  }

  /** Returns when everything found so far has its number. */
  private void hand(FetchScan scan) {
    while (!scan.found().isEmpty()) {
      checkCancelled();
      fate = await(lane.number(scan.found(), sent));
      if (fate.closed()) {
        throw new IllegalStateException("the gateway stops");
      }
      status = status(FetchStatus.State.READING, scan, fate.waitsFor());
      if (!fate.waitsFor().isEmpty()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    // What the owner did meanwhile is no time that the disk was used.
    pacedNanos = System.nanoTime();
  }

  /** Returns when every frame has its verdict. */
  private void send(FetchScan scan) {
    fate = await(lane.look(sent));
    while (fate.delivered() + fate.undelivered() < fate.frames()) {
      checkCancelled();
      status = status(FetchStatus.State.SENDING, scan, "the cloud's verdict");
      LockSupport.parkNanos(LOOK_NANOS);
      fate = await(lane.look(sent));
    }
  }

  private void checkCancelled() {
    if (cancelled) {
      throw new Cancelled();
    }
  }

  private <T> T await(CompletableFuture<T> answer) {
    while (true) {
      try {
        return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Whoever is only cancelled waits: the rows are the owner's until it has answered.
        if (closing) {
          throw new Cancelled();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Cancelled();
      }
    }
  }

  private FetchStatus status(FetchStatus.State state, FetchScan scan, String waitsFor) {
    return status(state, scan, waitsFor, "");
  }

  private FetchStatus status(
      FetchStatus.State state, FetchScan scan, String waitsFor, String error) {
    return new FetchStatus(
        id,
        request,
        state,
        waitsFor,
        seriesMatched,
        segments,
        segmentsRead,
        bytes,
        bytesRead,
        scan.readings() - scan.found().size(),
        scan.reportedBefore(),
        fate.frames(),
        fate.delivered(),
        fate.undelivered(),
        scan.limited(),
        scan.firstArrival(),
        scan.missing(),
        error);
  }

  private static final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1;

    Cancelled() {
      super(null, null, false, false);
    }
  }
}
