package io.edgeflow.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
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
  private @Nullable SegmentWriter current;

  private @Nullable SegmentHeader header;

  /** Whether the current segment can be found after a power cut. */
  private boolean named;

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
    int recordBytes = batch.end(index) - section.start();
    long lastNumber = batch.lastNumber(index);
    begun();
    SegmentWriter out =
        current == null || checkpoint != null
            ? begin(checkpoint, recordBytes, lastNumber)
            : current;
    if (checkpoint != null) {
      out.putCheckpoint(section.numberBefore(), checkpoint);
    }
    recordsAt = out.offset();
    out.putRecords(batch.bytes(), section.start(), batch.end(index));
    out.putCommit(RecordFormat.COMMIT, lastNumber);
    sync(out);
    syncedNumber = lastNumber;
    if (checkpoint != null) {
      segments.checkpointSynced(out.id());
    }
    ended(recordBytes);
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
      } catch (RuntimeException | Error e) {
        LOG.error("a waiter failed after its record was synced: number={}", number, e);
      }
    }
  }

  /** Writes that everything is synced and nothing waits. */
  void marker(int type) throws IOException {
    begun();
    SegmentWriter out = current == null ? begin(null, 0, syncedNumber) : current;
    out.putCommit(type, syncedNumber);
    sync(out);
    ended(0);
  }

  /**
   * A new segment gets its name only when its first batch is synced: its header voids what earlier
   * segments hold from its first number on, which must not happen before it holds all of that
   * itself.
   */
  private SegmentWriter begin(byte @Nullable [] checkpoint, int recordBytes, long lastNumber)
      throws IOException {
    retire();
    SegmentKey key = new SegmentKey(nextId++, salts.getAsLong());
    header =
        new SegmentHeader(
            key,
            edge,
            syncedNumber + 1,
            firstBatchEnd(checkpoint, recordBytes),
            lastNumber,
            checkpoint == null,
            checkpoint != null);
    named = false;
    Path file = SegmentFiles.temporary(SegmentFiles.segment(directory, key.id()));
    SegmentWriter out = new SegmentWriter(disk.create(file), key, buffer);
    current = out;
    out.put(header.encode());
    return out;
  }

  private static long firstBatchEnd(byte @Nullable [] checkpoint, int recordBytes) {
    long checkpointBytes =
        checkpoint == null ? 0 : RecordFormat.HEADER_BYTES + (long) checkpoint.length;
    return SegmentHeader.BYTES + checkpointBytes + recordBytes + RecordFormat.COMMIT_BYTES;
  }

  private void sync(SegmentWriter out) throws IOException {
    out.sync();
    if (!named) {
      name(out);
    }
    segments.grown(out.id(), out.offset());
  }

  private void name(SegmentWriter out) throws IOException {
    Path file = SegmentFiles.segment(directory, out.id());
    disk.rename(SegmentFiles.temporary(file), file);
    disk.syncDirectory(directory);
    named = true;
    segments.add(new Segment(Objects.requireNonNull(header), file, 0, false));
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
    retire();
    if (!named) {
      discard(out.id());
    }
  }

  /**
   * Nothing that was acknowledged lies in it, so a disk that fails for hours does not fill up with
   * attempts.
   */
  private void discard(long id) {
    Path file = SegmentFiles.segment(directory, id);
    try {
      disk.delete(SegmentFiles.temporary(file));
      disk.delete(file);
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
