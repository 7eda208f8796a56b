package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins, names, gives up and ends segments, one after the other. Syncing thread only.
 *
 * <pre>
 *          begin               sync, rename,
 *                              sync directory            roll, close, failed sync
 *  (none) -------> unnamed ---------------------> named --------------------------> closed
 *                     |
 *                     | failed sync
 *                     v
 *                  deleted
 * </pre>
 */
final class SegmentChain {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentChain.class);
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

  /**
   * @param nextId the first id that no file of this directory ever had
   * @param salts where the random part of a segment's key comes from
   */
  SegmentChain(
      Disk disk, Path directory, String edge, Segments segments, long nextId, LongSupplier salts) {
    this.disk = disk;
    this.directory = directory;
    this.edge = edge;
    this.segments = segments;
    this.nextId = nextId;
    this.salts = salts;
  }

  @Nullable SegmentWriter current() {
    return current;
  }

  /**
   * Begins a segment behind the current one, all of which is synced. It gets its name only when its
   * first batch is synced: its header voids what earlier segments hold from its first number on,
   * which must not happen before it holds all of that itself.
   *
   * @param numberBefore the last number that earlier segments hold
   * @param lastNumber the last number of the first batch
   */
  SegmentWriter begin(
      @Nullable Checkpoint checkpoint, int recordBytes, long numberBefore, long lastNumber)
      throws IOException {
    end();
    SegmentKey key = new SegmentKey(nextId++, salts.getAsLong());
    header =
        new SegmentHeader(
            key,
            edge,
            numberBefore + 1,
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

  private static long firstBatchEnd(@Nullable Checkpoint checkpoint, int recordBytes) {
    long checkpointBytes = checkpoint == null ? 0 : checkpoint.recordBytes();
    return SegmentHeader.BYTES + checkpointBytes + recordBytes + RecordFormat.COMMIT_BYTES;
  }

  /** Makes durable what was put into the current segment, and that it can be found. */
  void sync(SegmentWriter out) throws IOException {
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

  /** Closes the current segment. */
  void end() {
    SegmentWriter out = current;
    if (out != null) {
      segments.close(out.id());
      current = null;
      close(out);
    }
  }

  /** After a failure: nothing is ever written to the current segment again (J3). */
  void abandon() {
    SegmentWriter out = current;
    end();
    if (out != null && !named) {
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

  private static void close(SegmentWriter out) {
    try {
      out.close();
    } catch (IOException e) {
      LOG.warn("closing a segment failed: segment={} error={}", out.id(), e.toString());
    }
  }
}
