package io.edgeflow.lab.torn;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.recorder.StoppedEdge;
import io.edgeflow.gateway.recorder.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which records lie where in an undamaged journal. */
final class Layout {
  private final TreeMap<Long, List<StoredRecord>> bySegment = new TreeMap<>();
  private final Map<Path, Long> segments = new TreeMap<>();

  private Layout() {}

  static Layout of(ForgetfulDisk disk, Path dataDir) throws IOException {
    Layout layout = new Layout();
    try (StoppedEdge edge = StoppedEdge.open(disk, dataDir).orElseThrow()) {
      edge.records(
          record ->
              layout
                  .bySegment
                  .computeIfAbsent(record.position().segment(), _ -> new ArrayList<>())
                  .add(record));
      edge.segments().forEach(s -> layout.segments.put(layout.file(dataDir, s.id()), s.id()));
    }
    return layout;
  }

  private Path file(Path dataDir, long segment) {
    return StoppedEdge.journalIn(dataDir).resolve("seg-%016x.log".formatted(segment));
  }

  /** Whether it is a file of the journal. */
  boolean isSegment(Path file) {
    return segments.containsKey(file);
  }

  /** Whether a file is the newest of the journal: nothing behind it tells what is missing. */
  boolean isLast(Path file) {
    return bySegment.lastKey().equals(segments.get(file));
  }

  /** Whether a place is before the first record: in the header or the checkpoint. */
  boolean isAhead(Path file, long offset) {
    List<StoredRecord> records =
        bySegment.getOrDefault(segments.getOrDefault(file, -1L), List.of());
    return isSegment(file) && (records.isEmpty() || offset < begin(records.getFirst()));
  }

  /** Whether a cut leaves a part of a record. */
  boolean isInside(Wound wound) {
    return touched(wound.file(), wound.offset(), wound.offset() + 1L).stream()
        .anyMatch(record -> begin(record) < wound.offset());
  }

  /** Records of a file that have a byte in a stretch. */
  List<StoredRecord> touched(Path file, long from, long to) {
    return touched(segments.getOrDefault(file, -1L), from, to);
  }

  /** The same, by the segment's id. */
  List<StoredRecord> touched(long segment, long from, long to) {
    return bySegment.getOrDefault(segment, List.of()).stream()
        .filter(record -> begin(record) < to && end(record) > from)
        .toList();
  }

  static long readings(List<StoredRecord> records) {
    return records.stream().mapToLong(StoredRecord::readings).sum();
  }

  private static long begin(StoredRecord record) {
    return record.position().offset();
  }

  private static long end(StoredRecord record) {
    return begin(record) + Journal.HEADER_BYTES + record.position().length();
  }
}
