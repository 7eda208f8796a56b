package io.edgeflow.gateway.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and syncs batches, and answers their waiters. One attempt each: after an exception the
 * caller calls {@link #abandon} and then tries the same batch again, which goes on with what is not
 * synced yet, on a new segment and under the same numbers (J3). Syncing thread only, but for what
 * says otherwise.
 */
final class LogWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final SegmentChain chain;
  private final Segments segments;

  /** How many sections of the batch at hand are synced. */
  private int done;

  private volatile long syncedNumber;
  private volatile long busySince;
  private volatile boolean busy;
  private volatile SyncObserver observer = (nanos, bytes) -> {};

  LogWriter(SegmentChain chain, Segments segments, long syncedNumber) {
    this.chain = chain;
    this.segments = segments;
    this.syncedNumber = syncedNumber;
  }

  /** Any thread. */
  long syncedNumber() {
    return syncedNumber;
  }

  /** When the sync that is going on began; any thread. */
  @Nullable Long busySince() {
    long since = busySince;
    return busy ? since : null;
  }

  /** Any thread. */
  void observe(SyncObserver newObserver) {
    observer = newObserver;
  }

  void write(Batch batch) throws IOException {
    while (done < batch.sections()) {
      LogPosition first = section(batch, done);
      done++;
      answer(batch, done - 1, first);
    }
    done = 0;
  }

  /** Returns where the section's first record lies. */
  private LogPosition section(Batch batch, int index) throws IOException {
    Batch.Section section = batch.section(index);
    Checkpoint checkpoint = section.checkpoint();
    int recordBytes = batch.end(index) - section.start();
    long lastNumber = batch.lastNumber(index);
    begun();
    SegmentWriter out = chain.current();
    if (out == null || checkpoint != null) {
      out = chain.begin(checkpoint, recordBytes, syncedNumber, lastNumber);
    }
    if (checkpoint != null) {
      out.putCheckpoint(section.numberBefore(), checkpoint);
    }
    LogPosition first = new LogPosition(out.id(), out.offset(), 0);
    out.putRecords(batch.bytes(), section.start(), batch.end(index));
    out.putCommit(RecordFormat.COMMIT, lastNumber);
    chain.sync(out);
    syncedNumber = lastNumber;
    if (checkpoint != null) {
      segments.checkpointSynced(out.id());
    }
    ended(recordBytes);
    return first;
  }

  private static void answer(Batch batch, int index, LogPosition first) {
    byte[] bytes = batch.bytes();
    int start = batch.section(index).start();
    for (int i = batch.section(index).firstWaiter(); i < batch.waitersEnd(index); i++) {
      int at = batch.waiterAt(i);
      LogPosition position =
          new LogPosition(
              first.segment(), first.offset() + at - start, RecordFormat.length(bytes, at));
      answer(batch.takeWaiter(i), RecordFormat.number(bytes, at), position);
    }
  }

  private static void answer(Durable waiter, long number, LogPosition position) {
    try {
      waiter.durable(number, position);
    } catch (RuntimeException | Error e) {
      LOG.error("a waiter failed after its record was synced: number={}", number, e);
    }
  }

  /** Writes that everything is synced and nothing waits. */
  void marker(int type) throws IOException {
    begun();
    SegmentWriter out = chain.current();
    if (out == null) {
      out = chain.begin(null, 0, syncedNumber, syncedNumber);
    }
    out.putCommit(type, syncedNumber);
    chain.sync(out);
    ended(0);
  }

  /** After a failure. */
  void abandon() {
    busy = false;
    chain.abandon();
  }

  void close() {
    chain.end();
  }

  private void begun() {
    busySince = System.nanoTime();
    busy = true;
  }

  private void ended(long bytes) {
    busy = false;
    try {
      observer.synced(System.nanoTime() - busySince, bytes);
    } catch (RuntimeException e) {
      LOG.error("whoever measures the syncs failed", e);
    }
  }
}
