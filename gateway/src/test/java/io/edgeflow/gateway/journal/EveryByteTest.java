package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static io.edgeflow.gateway.journal.SmallJournal.DIRECTORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * J2, byte by byte: whatever is flipped or cut off, the journal opens and keeps all that was not
 * touched.
 */
@Execution(ExecutionMode.CONCURRENT)
final class EveryByteTest {
  /**
   * The gap between the two copies of the header holds nothing; this much of it is enough to try.
   */
  private static final int GAP_TRIED = 8;

  private final SmallJournal small = new SmallJournal();

  private static boolean worthTrying(int offset) {
    boolean gap = offset >= SegmentHeader.COPY_BYTES && offset < SegmentHeader.SECOND_COPY_AT;
    return !gap || offset < SegmentHeader.COPY_BYTES + GAP_TRIED;
  }

  @Test
  void opensWhicheverByteIsFlippedAndLosesNoOtherRecord() throws IOException {
    List<Path> files = small.threeSegments();
    int tried = 0;
    for (Path file : files) {
      byte[] bytes = small.disk.bytes(file);
      for (int offset = 0; offset < bytes.length; offset++) {
        if (worthTrying(offset)) {
          byte[] flipped = bytes.clone();
          flipped[offset] ^= (byte) (1 << offset % 8);
          assertSurvives(with(file, flipped), id(file), offset, offset + 1);
          tried++;
        }
      }
    }
    assertTrue(tried > 3000, "only " + tried);
  }

  @Test
  void opensWhereverAFileIsCutOffAndLosesNothingElse() throws IOException {
    List<Path> files = small.threeSegments();
    for (Path file : files) {
      byte[] bytes = small.disk.bytes(file);
      for (int length = 0; length < bytes.length; length++) {
        if (worthTrying(length)) {
          ForgetfulDisk cut = with(file, Arrays.copyOf(bytes, length));
          assertSurvives(cut, id(file), length, Integer.MAX_VALUE);
        }
      }
    }
  }

  @Test
  void opensWithoutAnyOneOfItsFilesAndLosesNothingElse() throws IOException {
    for (Path file : small.threeSegments()) {
      ForgetfulDisk without = small.disk.copy();
      without.delete(file);
      assertSurvives(without, id(file), 0, Integer.MAX_VALUE);
    }
  }

  private static long id(Path file) {
    return SegmentFiles.segmentId(file).orElseThrow();
  }

  private ForgetfulDisk with(Path file, byte[] bytes) {
    ForgetfulDisk changed = small.disk.copy();
    changed.put(file, bytes);
    return changed;
  }

  /** Opens it twice: what the first start made of the damage must not confuse the second one. */
  private void assertSurvives(ForgetfulDisk damaged, long segment, int from, int to)
      throws IOException {
    String place = "segment " + segment + " from " + from;
    RecordingReplay first = new RecordingReplay();
    try (Journal journal = Journal.open(settings(DIRECTORY), damaged, first)) {
      assertKeepsUntouched(first, segment, from, to, place);
      long next = append(journal, "afterwards", null);
      assertTrue(first.records.isEmpty() || next > first.records.lastKey(), place);
    }
    RecordingReplay second = replay(settings(DIRECTORY), damaged);
    assertTrue(second.endedInMarker(), place);
    SortedMap<Long, String> expected = new TreeMap<>(first.records);
    assertEquals("afterwards", second.records.get(second.records.lastKey()), place);
    expected.put(second.records.lastKey(), "afterwards");
    assertEquals(expected, second.records, place);
  }

  private void assertKeepsUntouched(
      RecordingReplay replay, long segment, int from, int to, String place) {
    long covered = replay.checkpoint == null ? 0 : Long.parseLong(replay.checkpoint);
    for (Map.Entry<Long, LogPosition> entry : small.positions.tailMap(covered + 1).entrySet()) {
      long number = entry.getKey();
      if (touched(entry.getValue(), segment, from, to)) {
        assertEquals(
            small.texts.get(number),
            replay.records.getOrDefault(number, small.texts.get(number)),
            place);
        assertTrue(
            replay.records.containsKey(number) || reported(replay, number),
            place + " lost " + number);
      } else {
        assertEquals(small.texts.get(number), replay.records.get(number), place);
      }
    }
  }

  /**
   * Lost numbers are named, or lie behind the end of the log, whose tail may have been
   * acknowledged.
   */
  private static boolean reported(RecordingReplay replay, long number) {
    boolean named =
        replay.damage.stream()
            .anyMatch(d -> d.firstMissing() <= number && number <= d.lastMissing());
    boolean behind = replay.records.isEmpty() || replay.records.lastKey() < number;
    return named || (behind && replay.possiblyAcknowledged);
  }

  /** A segment's header or checkpoint touched alone costs no record. */
  private static boolean touched(LogPosition position, long segment, int from, int to) {
    long end = position.offset() + RecordFormat.HEADER_BYTES + position.length();
    return position.segment() == segment && position.offset() < to && end > from;
  }
}
