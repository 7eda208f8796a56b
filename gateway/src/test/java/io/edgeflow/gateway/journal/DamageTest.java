package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * J2, byte by byte: whatever is flipped or cut off, the journal opens and keeps all that was not
 * touched.
 */
final class DamageTest {
  private static final Path DIRECTORY = Path.of("/journal");

  /**
   * The gap between the two copies of the header holds nothing; this much of it is enough to try.
   */
  private static final int GAP_TRIED = 8;

  private final ForgetfulDisk disk = new ForgetfulDisk();
  private final SortedMap<Long, String> texts = new TreeMap<>();
  private final SortedMap<Long, LogPosition> positions = new TreeMap<>();

  private void appendAll(Journal journal, int count) {
    for (int i = 0; i < count; i++) {
      String text = "record " + (journal.lastNumber() + 1);
      LogPosition position = appendSynced(journal, text);
      texts.put(journal.lastNumber(), text);
      positions.put(journal.lastNumber(), position);
    }
  }

  /**
   * Three segments: two begun at starts, the last one by a roll whose checkpoint is "6". Cleanly
   * stopped.
   */
  private List<Path> threeSegments() throws IOException {
    try (Journal journal = open()) {
      appendAll(journal, 3);
    }
    try (Journal journal = open()) {
      appendAll(journal, 3);
      journal.roll("6".getBytes(StandardCharsets.UTF_8));
      appendAll(journal, 4);
    }
    return segmentFiles();
  }

  private List<Path> segmentFiles() throws IOException {
    return disk.list(DIRECTORY).stream()
        .filter(file -> SegmentFiles.segmentId(file).isPresent())
        .sorted()
        .toList();
  }

  private Journal open() throws IOException {
    return Journal.open(settings(DIRECTORY), disk, new RecordingReplay());
  }

  private static boolean worthTrying(int offset) {
    boolean gap = offset >= SegmentHeader.COPY_BYTES && offset < SegmentHeader.SECOND_COPY_AT;
    return !gap || offset < SegmentHeader.COPY_BYTES + GAP_TRIED;
  }

  @Test
  void opensWhicheverByteIsFlippedAndLosesNoOtherRecord() throws IOException {
    List<Path> files = threeSegments();
    int tried = 0;
    for (Path file : files) {
      byte[] bytes = disk.bytes(file);
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
    List<Path> files = threeSegments();
    for (Path file : files) {
      byte[] bytes = disk.bytes(file);
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
    for (Path file : threeSegments()) {
      ForgetfulDisk without = disk.copy();
      without.delete(file);
      assertSurvives(without, id(file), 0, Integer.MAX_VALUE);
    }
  }

  private static long id(Path file) {
    return SegmentFiles.segmentId(file).orElseThrow();
  }

  private ForgetfulDisk with(Path file, byte[] bytes) {
    ForgetfulDisk changed = disk.copy();
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
    for (Map.Entry<Long, LogPosition> entry : positions.tailMap(covered + 1).entrySet()) {
      long number = entry.getKey();
      if (touched(entry.getValue(), segment, from, to)) {
        assertEquals(
            texts.get(number), replay.records.getOrDefault(number, texts.get(number)), place);
        assertTrue(
            replay.records.containsKey(number) || reported(replay, number),
            place + " lost " + number);
      } else {
        assertEquals(texts.get(number), replay.records.get(number), place);
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

  @Test
  void namesTheBytesAndTheNumbersThatAreDamagedAndSetsThemAside() throws IOException {
    threeSegments();
    LogPosition hit = positions.get(8L);
    assertTrue(hit != null);
    Path file = SegmentFiles.segment(DIRECTORY, hit.segment());
    byte[] bytes = disk.bytes(file);
    bytes[(int) hit.offset() + 20] ^= 1;
    disk.put(file, bytes);
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    long end = hit.offset() + RecordFormat.HEADER_BYTES + hit.length();
    assertEquals(List.of(new Damage(hit.segment(), hit.offset(), end, 8, 8)), replay.damage);
    assertEquals(1, replay.damage.getFirst().missing());
    assertEquals(List.of(7L, 9L, 10L), List.copyOf(replay.records.keySet()));
    byte[] aside = disk.bytes(SegmentFiles.setAside(DIRECTORY, hit.segment(), hit.offset()));
    assertEquals(
        Arrays.toString(Arrays.copyOfRange(bytes, (int) hit.offset(), (int) end)),
        Arrays.toString(aside));
  }

  @Test
  void aCleanStopRulesOutThatAnythingIsMissing() throws IOException {
    threeSegments();
    assertTrue(replay(settings(DIRECTORY), disk).endedInMarker());
  }

  @Test
  void aLogWithoutAMarkerMayMissWhatWasAcknowledged() throws IOException {
    try (Journal journal = open()) {
      appendAll(journal, 3);
      RecordingReplay killed = replay(settings(DIRECTORY), disk.copy());
      assertEquals(texts, killed.records);
      assertEquals(0, killed.tornBytes);
      assertTrue(killed.possiblyAcknowledged);
      assertEquals(List.of(), killed.damage);
    }
  }

  @Test
  void anIdleMarkerRulesItOutForAKilledProcess() throws IOException {
    JournalSettings impatient = settings(DIRECTORY, Duration.ofMillis(1), Duration.ofMillis(20));
    try (Journal journal = Journal.open(impatient, disk, new RecordingReplay())) {
      appendAll(journal, 3);
      Journals.await(() -> endsInMarker());
      assertEquals(texts.keySet(), replay(settings(DIRECTORY), disk.copy()).records.keySet());
    }
  }

  private boolean endsInMarker() {
    try {
      return replay(settings(DIRECTORY), disk.copy()).endedInMarker();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHoleInTheLastBatchIsATornTailAndNotDamage() throws IOException {
    byte[] before;
    List<LogPosition> batch = new ArrayList<>();
    try (Journal journal = open()) {
      appendAll(journal, 2);
      for (int i = 0; i < 3; i++) {
        append(journal, "batch " + i, (number, position) -> batch.add(position));
      }
      journal.wantSync();
      Journals.await(() -> journal.syncedNumber() == 5 && batch.size() == 3);
      before = disk.bytes(segmentFiles().getFirst());
    }
    ForgetfulDisk torn = new ForgetfulDisk();
    before[(int) batch.get(1).offset() + 19] ^= 1;
    torn.put(DIRECTORY.resolve("edge"), disk.bytes(DIRECTORY.resolve("edge")));
    torn.put(segmentFiles().getFirst(), before);
    RecordingReplay replay = replay(settings(DIRECTORY), torn);
    assertEquals(List.of(), replay.damage);
    assertEquals(List.of(1L, 2L, 3L), List.copyOf(replay.records.keySet()));
    assertEquals(before.length - batch.get(1).offset(), replay.tornBytes);
    assertTrue(replay.possiblyAcknowledged);
    RecordingReplay second = replay(settings(DIRECTORY), torn);
    assertEquals(replay.records, second.records);
    assertTrue(second.endedInMarker(), "the torn bytes are reported once");
  }

  @Test
  void garbageOfAnyLengthIsSearchedWithoutBelievingIt() throws IOException {
    threeSegments();
    Path last = segmentFiles().getLast();
    byte[] bytes = disk.bytes(last);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 100_000);
    for (int at = bytes.length; at + 18 < longer.length; at += 18) {
      RecordFormat.putHeader(longer, at, 1, at % 3 == 0 ? Integer.MAX_VALUE : 50_000, 11);
    }
    disk.put(last, longer);
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(texts.tailMap(7L), replay.records);
    assertEquals(100_000, replay.tornBytes);
    assertFalse(replay.endedInMarker());
  }
}
