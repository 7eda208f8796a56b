package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.gateway.disk.ReadOnlyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A journal that is only looked at: nothing is locked, repaired, set aside or deleted. What it says
 * is certain if nobody has the journal open, and otherwise a moment's picture. Not thread-safe.
 */
public final class StoppedJournal {
  private final Disk disk;
  private final Path directory;
  private final Inventory inventory;
  private final String edge;
  private final Segments segments;

  private StoppedJournal(Disk disk, Path directory, Inventory inventory, String edge) {
    this.disk = disk;
    this.directory = directory;
    this.inventory = inventory;
    this.edge = edge;
    this.segments =
        new Segments(
            disk,
            directory,
            inventory.files().stream()
                .filter(file -> file.header() != null)
                .map(StoppedJournal::segment)
                .toList(),
            inventory.unread(),
            0);
  }

  private static Segment segment(Inventory.Found file) {
    return new Segment(Objects.requireNonNull(file.header()), file.file(), file.size(), true);
  }

  /**
   * @return empty if there is no journal in the directory
   * @throws WrongEdge if its segments belong to different edges
   * @throws HeadersDamaged if there are segments, and nothing intact says whose they are
   */
  public static Optional<StoppedJournal> open(Disk disk, Path directory) throws IOException {
    Disk readOnly = new ReadOnlyDisk(disk);
    Inventory inventory = Inventory.look(readOnly, directory);
    Optional<String> fixed = new EdgeFile(readOnly, directory).read();
    Optional<String> edge = inventory.edge().or(() -> fixed);
    if (edge.isEmpty()) {
      if (!inventory.files().isEmpty()) {
        throw new HeadersDamaged(directory, withoutHeader(inventory));
      }
      return Optional.empty();
    }
    inventory.checkEdge(directory, fixed, edge.get());
    return Optional.of(new StoppedJournal(readOnly, directory, inventory, edge.get()));
  }

  /** Where a journal keeps its lock. */
  public static Path lockFile(Path directory) {
    return directory.resolve(SegmentFiles.LOCK);
  }

  /** The edge that it belongs to (J6). */
  public String edge() {
    return edge;
  }

  /** Oldest first; those without an intact header are left out. */
  public List<SegmentInfo> segments() {
    return segments.list();
  }

  /** The files of the segments that are left out there, oldest first: none of it can be read. */
  public List<Path> withoutHeader() {
    return withoutHeader(inventory);
  }

  private static List<Path> withoutHeader(Inventory inventory) {
    return inventory.files().stream()
        .filter(file -> file.header() == null)
        .map(Inventory.Found::file)
        .toList();
  }

  /** The file of a segment, whether or not it is there. */
  public Path file(long segment) {
    return SegmentFiles.segment(directory, segment);
  }

  /** Passes on what a start would: from the newest intact checkpoint on. */
  public void replay(Replay replay) throws IOException {
    finish(recovery(replay).run(), replay);
  }

  /**
   * Passes on every record that is there, from the oldest on, and no checkpoint. Tells also of
   * damage that costs a start nothing.
   */
  public void replayEverything(Replay replay) throws IOException {
    for (Inventory.Found file : inventory.files()) {
      headers(file, replay);
    }
    finish(recovery(replay).runThroughEverything(), replay);
  }

  /** One intact copy of the header is enough; where there is none, the whole file is damaged. */
  private void headers(Inventory.Found file, Replay replay) throws IOException {
    if (file.header() == null) {
      return;
    }
    byte[] head = new byte[SegmentHeader.BYTES];
    try (DiskFile open = disk.open(file.file())) {
      new TolerantReader(open).read(0, head);
    }
    for (int at : new int[] {0, SegmentHeader.SECOND_COPY_AT}) {
      if (SegmentHeader.decode(head, at, file.id()).isEmpty()) {
        replay.damage(new Damage(file.id(), at, at + SegmentHeader.COPY_BYTES, 1, 0));
      }
    }
  }

  private Recovery recovery(Replay replay) {
    return new Recovery(disk, inventory, replay, Quarantine.none(disk, directory));
  }

  /** A start would move the tail to a new segment first; here it is read where it lies. */
  private static void finish(Recovery.Recovered found, Replay replay) {
    for (LogReader.Item item : found.tail()) {
      replay.record(item.number(), item.type(), item.payload().bytes(), item.position());
    }
    if (!found.endsInMarker()) {
      replay.tornTail(found.tornBytes(), true);
    }
  }

  /** As {@link Journal#isGone}. */
  public boolean isGone(long segment) {
    return segments.isGone(segment);
  }

  /** As {@link Journal#scan}. */
  public void scan(long segment, RecordVisitor visitor) throws IOException {
    segments.scan(segment, visitor);
  }

  /** As {@link Journal#read}. */
  public byte[] read(LogPosition position) throws IOException {
    return segments.read(position);
  }
}
