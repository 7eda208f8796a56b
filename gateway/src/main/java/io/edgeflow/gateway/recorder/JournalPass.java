package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the records of segments, oldest first, and leaves the disk alone for as long as it used it.
 * Owned by one thread.
 */
final class JournalPass {
  private static final Logger log = LoggerFactory.getLogger(JournalPass.class);
  private static final long PACE_BYTES = 1 << 20;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;

  private final Journal journal;
  private final List<SegmentInfo> segments;
  private final Runnable watch;
  private final long bytes;
  private int segmentsRead;
  private long bytesRead;
  private long inSegment;
  private long pacedBytes;
  private long pacedNanos = System.nanoTime();

  /** Sees a record; false to see no more. */
  interface Reader {
    boolean record(long segment, long number, int type, byte[] payload);
  }

  /**
   * @param watch called after each pause; ends the pass by an exception
   */
  JournalPass(Journal journal, List<SegmentInfo> segments, Runnable watch) {
    this.journal = journal;
    this.segments = segments;
    this.watch = watch;
    this.bytes = segments.stream().mapToLong(SegmentInfo::bytes).sum();
  }

  /** True if all was shown. */
  boolean run(Reader reader) {
    for (SegmentInfo segment : segments) {
      if (!run(segment, reader)) {
        return false;
      }
    }
    return true;
  }

  private boolean run(SegmentInfo segment, Reader reader) {
    boolean[] more = {true};
    inSegment = 0;
    try {
      journal.scan(
          segment.id(),
          (number, type, payload, bytesBefore) -> {
            advance(bytesBefore);
            more[0] = reader.record(segment.id(), number, type, payload);
            return more[0];
          });
    } catch (IOException deletedMeanwhile) {
      // The numbers that the next one begins with tell what is missing.
      log.debug(
          "a segment is gone: segment={} error={}", segment.id(), deletedMeanwhile.toString());
    }
    segmentsRead++;
    advance(segment.bytes());
    return more[0];
  }

  private void advance(long bytesBefore) {
    bytesRead += bytesBefore - inSegment;
    inSegment = bytesBefore;
    if (bytesRead - pacedBytes >= PACE_BYTES) {
      LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, System.nanoTime() - pacedNanos));
      pacedBytes = bytesRead;
      pacedNanos = System.nanoTime();
      watch.run();
    }
  }

  /** What passed until now is no time that the disk was used. */
  void rested() {
    pacedNanos = System.nanoTime();
  }

  int segments() {
    return segments.size();
  }

  int segmentsRead() {
    return segmentsRead;
  }

  long bytes() {
    return bytes;
  }

  long bytesRead() {
    return bytesRead;
  }
}
