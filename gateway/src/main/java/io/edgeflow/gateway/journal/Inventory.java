package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment files in a directory, oldest first, as far as their headers tell.
 *
 * @param nextId the first id that no file here ever had
 */
record Inventory(List<Found> files, long nextId) {
  private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

  /**
   * A segment's file.
   *
   * @param header null if neither copy of it is intact
   * @param failed whether the disk could not read it, which may pass
   */
  record Found(long id, Path file, long size, @Nullable SegmentHeader header, boolean failed) {}

  /**
   * @throws WrongEdge if the directory or a segment in it belongs to another edge (J6)
   */
  static Inventory take(Disk disk, Path directory, String edge, LastRoom lastRoom)
      throws IOException {
    for (Path file : disk.list(directory)) {
      if (SegmentFiles.isTemporary(file)) {
        discard(disk, file);
      }
    }
    Inventory inventory = look(disk, directory);
    EdgeFile edgeFile = new EdgeFile(disk, directory);
    Optional<String> fixed = edgeFile.read();
    inventory.checkEdge(directory, fixed, edge);
    if (!fixed.equals(Optional.of(edge))) {
      fixed.ifPresent(other -> LOG.warn("the file with the edge's name is damaged: {}", other));
      lastRoom.use(() -> edgeFile.write(edge));
    }
    return inventory;
  }

  /** The segments there are, whoever they belong to. Changes nothing. */
  static Inventory look(Disk disk, Path directory) throws IOException {
    List<Found> files = new ArrayList<>();
    for (Path file : disk.list(directory)) {
      OptionalLong id = SegmentFiles.segmentId(file);
      if (id.isPresent()) {
        files.add(look(disk, file, id.getAsLong()));
      }
    }
    files.sort(Comparator.comparingLong(Found::id));
    return new Inventory(List.copyOf(files), nextId(disk, directory, files));
  }

  /** What a process that went away did not complete; nothing depends on it. */
  private static void discard(Disk disk, Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      LOG.warn("an incomplete file stays: file={} error={}", file.getFileName(), e.toString());
    }
  }

  /**
   * A file that cannot even be opened (no permission, no descriptors left) fails the start, which
   * can be tried again: going on without it would void what it holds.
   */
  private static Found look(Disk disk, Path path, long id) throws IOException {
    byte[] head = new byte[SegmentHeader.BYTES];
    try (DiskFile file = disk.open(path)) {
      TolerantReader reader = new TolerantReader(file);
      reader.read(0, head);
      Optional<SegmentHeader> header = SegmentHeader.decode(head, 0, id);
      if (header.isEmpty()) {
        LOG.warn("the header of a segment is damaged: segment={}", id);
        header = SegmentHeader.decode(head, SegmentHeader.SECOND_COPY_AT, id);
      }
      return new Found(id, path, file.size(), header.orElse(null), reader.gaveUp());
    }
  }

  /**
   * Headers of segments have a checksum, and the file with the name has none: where both speak, the
   * headers are right.
   *
   * @param fixed the name that the directory was created for, if its file is there
   */
  void checkEdge(Path directory, Optional<String> fixed, String edge) throws WrongEdge {
    if (edge().isEmpty() && fixed.isPresent() && !fixed.get().equals(edge)) {
      throw new WrongEdge(directory, fixed.get(), edge);
    }
    for (Found file : files) {
      SegmentHeader header = file.header();
      if (header != null && !header.edge().equals(edge)) {
        throw new WrongEdge(file.file(), header.edge(), edge);
      }
    }
  }

  /** The edge that the oldest readable segment belongs to. */
  Optional<String> edge() {
    return files.stream()
        .map(Found::header)
        .filter(Objects::nonNull)
        .findFirst()
        .map(SegmentHeader::edge);
  }

  private static long nextId(Disk disk, Path directory, List<Found> files) throws IOException {
    long highest = files.isEmpty() ? 0 : files.getLast().id();
    for (Path file : disk.list(directory.resolve(SegmentFiles.DAMAGED))) {
      highest = Math.max(highest, SegmentFiles.setAsideId(file).orElse(0));
    }
    return highest + 1;
  }

  /**
   * The number of the first record of the next readable file behind an index; MAX_VALUE if there is
   * none.
   */
  long limit(int index) {
    for (int i = index + 1; i < files.size(); i++) {
      SegmentHeader header = files.get(i).header();
      if (header != null) {
        return header.firstNumber();
      }
    }
    return Long.MAX_VALUE;
  }

  /** The ids of the files whose header the disk could not read, which may pass. */
  Set<Long> unread() {
    return files.stream()
        .filter(file -> file.header() == null && file.failed())
        .map(Found::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}
