package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** J2: what a block held before, or another file holds, is never taken for a record. */
final class StaleBytesTest {
  private static final Path DIRECTORY = Path.of("/journal");

  /** A journal of one segment with a record of four letters for each text. */
  private static ForgetfulDisk journal(List<String> texts) throws IOException {
    ForgetfulDisk disk = new ForgetfulDisk();
    try (Journal journal = Journal.open(settings(DIRECTORY), disk, new RecordingReplay())) {
      for (String text : texts) {
        appendSynced(journal, text);
      }
    }
    return disk;
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  @Test
  void recordsOfAFormerSegmentWithTheSameIdDoNotParse() throws IOException {
    Path file = SegmentFiles.segment(DIRECTORY, 1);
    byte[] former = journal(List.of("old1", "old2", "old3")).bytes(file);
    ForgetfulDisk disk = journal(List.of("new1"));
    byte[] now = disk.bytes(file);
    int record = RecordFormat.HEADER_BYTES + 4 + RecordFormat.COMMIT_BYTES;
    int end = SegmentHeader.BYTES + record;
    byte[] rest = Arrays.copyOfRange(former, end, former.length);
    disk.put(file, concat(Arrays.copyOf(now, end), rest));
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(Map.of(1L, "new1"), replay.records);
    assertEquals(rest.length, replay.tornBytes);
  }

  @Test
  void recordsOfAnotherSegmentOfTheSameJournalDoNotParse() throws IOException {
    ForgetfulDisk disk = journal(List.of("one1"));
    try (Journal journal = Journal.open(settings(DIRECTORY), disk, new RecordingReplay())) {
      append(journal, "two2", null);
    }
    Path first = SegmentFiles.segment(DIRECTORY, 1);
    byte[] second = disk.bytes(SegmentFiles.segment(DIRECTORY, 2));
    byte[] records = Arrays.copyOfRange(second, SegmentHeader.BYTES, second.length);
    disk.put(first, concat(disk.bytes(first), records));
    disk.delete(SegmentFiles.segment(DIRECTORY, 2));
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(Map.of(1L, "one1"), replay.records);
    assertEquals(records.length, replay.tornBytes);
  }

  @Test
  void aRecordThatIsThereTwiceIsReplayedOnce() throws IOException {
    ForgetfulDisk disk = journal(List.of("one1", "two2"));
    Path file = SegmentFiles.segment(DIRECTORY, 1);
    byte[] bytes = disk.bytes(file);
    byte[] records = Arrays.copyOfRange(bytes, SegmentHeader.BYTES, bytes.length);
    disk.put(file, concat(bytes, records));
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(Map.of(1L, "one1", 2L, "two2"), replay.records);
    assertEquals(List.of(), replay.damage);
  }

  @Test
  void aSegmentUnderAnotherNameDoesNotParse() throws IOException {
    ForgetfulDisk disk = journal(List.of("one1"));
    disk.rename(SegmentFiles.segment(DIRECTORY, 1), SegmentFiles.segment(DIRECTORY, 9));
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(Map.of(), replay.records);
    assertEquals(1, replay.damage.size());
    assertEquals(List.of(10L), ids(disk));
    disk.delete(SegmentFiles.segment(DIRECTORY, 10));
    try (Journal journal = Journal.open(settings(DIRECTORY), disk, new RecordingReplay())) {
      append(journal, "one1", null);
    }
    assertEquals(List.of(10L), ids(disk), "an id that was set aside is not used again");
  }

  private static List<Long> ids(ForgetfulDisk disk) throws IOException {
    return disk.list(DIRECTORY).stream()
        .flatMapToLong(file -> SegmentFiles.segmentId(file).stream())
        .boxed()
        .toList();
  }
}
