package io.edgeflow.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongSupplier;
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
  private static final int BUFFER_BYTES = 1 << 18;

  private final Disk disk;
  private final Path directory;
  private final String edge;
  private final Segments segments;
  private final LongSupplier salts;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private long nextId;
  private long previousId;
  private @Nullable SegmentWriter current;

  /** Whether the current segment can be found after a power cut. */
  private boolean entrySynced;

  /** How many sections of the batch at hand are synced. */
  private int done;

  /** Where the records of the section at hand begin in the current segment. */
  private long recordsAt;

  private volatile long syncedNumber;
  private volatile long busySince;
  private volatile boolean busy;
  private volatile SyncObserver observer = (nanos, bytes) -> {};

  LogWriter(
      Disk disk,
      Path directory,
      String edge,
      Segments segments,
      long nextId,
      long syncedNumber,
      LongSupplier salts) {
    this.disk = disk;
    this.directory = directory;
    this.edge = edge;
    this.segments = segments;
    this.nextId = nextId;
    this.syncedNumber = syncedNumber;
    this.salts = salts;
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

  void observe(SyncObserver newObserver) {
    observer = newObserver;
  }

  void write(Batch batch) throws IOException {
    while (done < batch.sections()) {
      section(batch, done);
      done++;
      answer(batch, done - 1);
    }
    done = 0;
  }

  private void section(Batch batch, int index) throws IOException {
    Batch.Section section = batch.section(index);
    byte[] checkpoint = section.checkpoint();
    begun();
    SegmentWriter out = current == null || checkpoint != null ? begin(checkpoint != null) : current;
    if (checkpoint != null) {
      out.putCheckpoint(section.numberBefore(), checkpoint);
    }
    recordsAt = out.offset();
    out.putRecords(batch.bytes(), section.start(), batch.end(index));
    out.putCommit(RecordFormat.COMMIT, batch.lastNumber(index));
    sync(out);
    syncedNumber = batch.lastNumber(index);
    if (checkpoint != null) {
      segments.checkpointSynced(out.id());
    }
    ended(batch.end(index) - section.start());
  }

  private void answer(Batch batch, int index) {
    Batch.Section section = batch.section(index);
    SegmentWriter out = current;
    if (out == null) {
      throw new IllegalStateException("a section was synced to no segment");
    }
    byte[] bytes = batch.bytes();
    for (int i = section.firstWaiter(); i < batch.waitersEnd(index); i++) {
      int at = batch.waiterAt(i);
      long number = RecordFormat.number(bytes, at);
      long offset = recordsAt + at - section.start();
      LogPosition position = new LogPosition(out.id(), offset, RecordFormat.length(bytes, at));
      try {
        batch.takeWaiter(i).durable(number, position);
      } catch (RuntimeException e) {
        LOG.error("a waiter failed after its record was synced: number={}", number, e);
      }
    }
  }

  /** Writes that everything is synced and nothing waits. */
  void marker(int type) throws IOException {
    begun();
    SegmentWriter out = current == null ? begin(false) : current;
    out.putCommit(type, syncedNumber);
    sync(out);
    ended(0);
  }

  private SegmentWriter begin(boolean withCheckpoint) throws IOException {
    retire();
    SegmentKey key = new SegmentKey(nextId++, salts.getAsLong());
    Path path = SegmentFiles.segment(directory, key.id());
    SegmentHeader header =
        new SegmentHeader(key, edge, syncedNumber + 1, previousId, !withCheckpoint, withCheckpoint);
    SegmentWriter out = new SegmentWriter(disk.create(path), key, buffer);
    current = out;
    entrySynced = false;
    segments.add(new Segment(header, path, 0, false));
    out.put(header.encode());
    return out;
  }

  private void sync(SegmentWriter out) throws IOException {
    out.sync();
    if (!entrySynced) {
      disk.syncDirectory(directory);
      entrySynced = true;
      previousId = out.id();
    }
    segments.grown(out.id(), out.offset());
  }

  /** Closes the current segment, all of which is synced. */
  private void retire() {
    SegmentWriter out = current;
    if (out != null) {
      segments.close(out.id());
      current = null;
      close(out);
    }
  }

  /** After a failure: nothing is ever written to the current segment again. */
  void abandon() {
    ended();
    SegmentWriter out = current;
    if (out == null) {
      return;
    }
    boolean holdsSynced = entrySynced;
    retire();
    if (!holdsSynced) {
      discard(out.id());
    }
  }

  /**
   * Nothing that was acknowledged lies in it, so a disk that fails for hours does not fill up with
   * attempts.
   */
  private void discard(long id) {
    segments.remove(id);
    try {
      disk.delete(SegmentFiles.segment(directory, id));
    } catch (IOException e) {
      LOG.debug("an unused segment stays: segment={} error={}", id, e.toString());
    }
  }

  void close() {
    retire();
  }

  private static void close(SegmentWriter out) {
    try {
      out.close();
    } catch (IOException e) {
      LOG.warn("closing a segment failed: segment={} error={}", out.id(), e.toString());
    }
  }

  private void begun() {
    busySince = System.nanoTime();
    busy = true;
  }

  private void ended(long bytes) {
    ended();
    observer.synced(System.nanoTime() - busySince, bytes);
  }

  private void ended() {
    busy = false;
  }
}
