package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens what an earlier process left: from the newest intact checkpoint on, or from the beginning.
 */
final class Recovery {
  /**
   * @param tail records that nothing proves to be synced; not passed on yet
   * @param lastNumber of the log, the tail included
   * @param tornBytes behind the tail
   * @param endsInMarker whether nothing can be missing behind what was read
   */
  record Recovered(
      List<Segment> segments,
      long nextId,
      long checkpointSegment,
      List<LogReader.Item> tail,
      long lastNumber,
      long replayedBytes,
      long tornBytes,
      boolean endsInMarker) {}

  /** There is no checkpoint. */
  private static final int NONE = -1;

  /** Whether there is one does not matter. */
  private static final int OLDEST = -2;

  private final Disk disk;
  private final Inventory inventory;
  private final Replay replay;
  private final Quarantine quarantine;

  Recovery(Disk disk, Inventory inventory, Replay replay, Quarantine quarantine) {
    this.disk = disk;
    this.inventory = inventory;
    this.replay = replay;
    this.quarantine = quarantine;
  }

  Recovered run() throws IOException {
    return run(newestCheckpoint());
  }

  /** As {@link #run}, from the oldest record that is there, although it needs none of them. */
  Recovered runThroughEverything() throws IOException {
    return run(OLDEST);
  }

  private Recovered run(int checkpoint) throws IOException {
    List<Inventory.Found> files = inventory.files();
    int start = Math.max(0, checkpoint);
    LogReader reader = new LogReader(disk, replay, quarantine, firstNumber(start));
    if (checkpoint == NONE) {
      reportLostBeginning(start);
    }
    for (int i = start; i < files.size(); i++) {
      read(reader, i);
    }
    List<Segment> segments = segments();
    return new Recovered(
        segments,
        inventory.nextId(),
        checkpoint < 0 ? 0 : files.get(checkpoint).id(),
        reader.tail(),
        reader.expected() - 1,
        reader.replayedBytes(),
        reader.tornBytes(),
        reader.endsInMarker());
  }

  private void read(LogReader reader, int index) throws IOException {
    Inventory.Found file = inventory.files().get(index);
    SegmentHeader header = file.header();
    long limit = inventory.limit(index);
    if (header == null) {
      reader.unreadable(file, limit);
    } else {
      boolean complete =
          limit != Long.MAX_VALUE && inventory.files().get(index + 1).header() != null;
      reader.read(file, header, limit, complete);
    }
  }

  private long firstNumber(int start) {
    SegmentHeader header = header(start);
    long first = header == null ? inventory.limit(start) : header.firstNumber();
    return first == Long.MAX_VALUE ? 1 : first;
  }

  private @Nullable SegmentHeader header(int index) {
    return index < inventory.files().size() ? inventory.files().get(index).header() : null;
  }

  /** Passes the newest intact checkpoint on; index of its segment, or NONE. */
  private int newestCheckpoint() throws IOException {
    for (int i = inventory.files().size() - 1; i >= 0; i--) {
      SegmentHeader header = header(i);
      if (header != null && header.checkpoint() && passedOn(inventory.files().get(i), header)) {
        return i;
      }
    }
    return NONE;
  }

  /** A segment has its name only since its checkpoint was synced, so no more proof is needed. */
  private boolean passedOn(Inventory.Found file, SegmentHeader header) throws IOException {
    try (SegmentScanner in = new SegmentScanner(disk.open(file.file()), header.key())) {
      SegmentScanner.Entry first = in.at(SegmentHeader.BYTES);
      if (first == null || first.type() != RecordFormat.CHECKPOINT) {
        return false;
      }
      replay.checkpoint(in.payload(first));
      return true;
    }
  }

  /** Without a checkpoint, what was deleted because of one is lost. */
  private void reportLostBeginning(int start) {
    long first = firstNumber(start);
    if (first > 1) {
      replay.damage(new Damage(inventory.files().get(start).id(), 0, 0, 1, first - 1));
    }
  }

  private List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    for (Inventory.Found file : inventory.files()) {
      SegmentHeader header = file.header();
      if (header == null) {
        quarantine.move(file);
      } else {
        segments.add(new Segment(header, file.file(), file.size(), true));
      }
    }
    return segments;
  }
}
