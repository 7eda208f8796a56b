package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.settings;
import static io.edgeflow.gateway.journal.SmallJournal.DIRECTORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.DirectoryOwner;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.disk.ReadOnlyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Looking at a journal finds what a start would find, and changes nothing. */
@Execution(ExecutionMode.CONCURRENT)
final class StoppedJournalTest {
  private static final int STEP = 11;

  @TempDir Path temp;
  private final SmallJournal small = new SmallJournal();

  @Test
  void findsWhatAStartFindsWhicheverByteIsFlipped() throws IOException {
    int tried = 0;
    for (Path file : small.threeSegments()) {
      byte[] bytes = small.disk.bytes(file);
      for (int offset = 0; offset < bytes.length; offset += STEP) {
        byte[] flipped = bytes.clone();
        flipped[offset] ^= (byte) (1 << offset % 8);
        assertFindsTheSame(with(file, flipped), file + " at " + offset);
        tried++;
      }
    }
    assertTrue(tried > 500, "only " + tried);
  }

  @Test
  void findsWhatAStartFindsWhereverAFileIsCutOff() throws IOException {
    for (Path file : small.threeSegments()) {
      byte[] bytes = small.disk.bytes(file);
      for (int length = 0; length < bytes.length; length += STEP) {
        assertFindsTheSame(with(file, Arrays.copyOf(bytes, length)), file + " of " + length);
      }
    }
  }

  @Test
  void findsWhatAStartFindsBesideIncompleteFiles() throws IOException {
    small.threeSegments();
    ForgetfulDisk disk = small.disk.copy();
    disk.put(SegmentFiles.temporary(SegmentFiles.segment(DIRECTORY, 9)), new byte[100]);
    assertFindsTheSame(disk, "beside an incomplete file");
  }

  private static void assertFindsTheSame(ForgetfulDisk disk, String place) throws IOException {
    Map<Path, String> before = content(disk);
    RecordingReplay looked = new RecordingReplay();
    StoppedJournal stopped = StoppedJournal.open(disk, DIRECTORY).orElseThrow();
    stopped.replay(looked);
    assertEquals(before, content(disk), place);
    RecordingReplay started = new RecordingReplay();
    Journal.open(settings(DIRECTORY), disk, started).close();
    assertEquals(started.checkpoint, looked.checkpoint, place);
    assertEquals(started.records, looked.records, place);
    assertEquals(started.damage, looked.damage, place);
    assertEquals(started.tornBytes, looked.tornBytes, place);
    assertEquals(Journals.EDGE, stopped.edge());
  }

  /**
   * Damage before the checkpoint costs a start nothing; whoever looks through all of it sees it.
   */
  @Test
  void findsDamageAlsoWhereNoStartLooks() throws IOException {
    Path oldest = small.threeSegments().getFirst();
    LogPosition second = Objects.requireNonNull(small.positions.get(2L));
    byte[] bytes = small.disk.bytes(oldest);
    bytes[(int) second.offset() + RecordFormat.HEADER_BYTES] ^= 1;
    small.disk.put(oldest, bytes);
    StoppedJournal stopped = StoppedJournal.open(small.disk, DIRECTORY).orElseThrow();

    RecordingReplay start = new RecordingReplay();
    stopped.replay(start);
    assertEquals(List.of(), start.damage);
    RecordingReplay everything = new RecordingReplay();
    stopped.replayEverything(everything);
    long end = second.offset() + RecordFormat.HEADER_BYTES + second.length();
    assertEquals(
        List.of(new Damage(second.segment(), second.offset(), end, 2, 2)), everything.damage);
    TreeMap<Long, String> rest = new TreeMap<>(small.texts);
    rest.remove(2L);
    assertEquals(rest, everything.records);
    assertEquals(oldest, stopped.file(second.segment()));
  }

  @Test
  void doesNotMissWhatWasDeletedOrderly() throws IOException {
    small.threeSegments();
    try (Journal journal = small.open()) {
      assertTrue(journal.delete(Objects.requireNonNull(small.positions.get(1L)).segment()));
    }
    RecordingReplay everything = new RecordingReplay();
    StoppedJournal.open(small.disk, DIRECTORY).orElseThrow().replayEverything(everything);
    assertEquals(List.of(), everything.damage);
    assertEquals(small.texts.tailMap(4L), everything.records);
  }

  @Test
  void readsRecordsWhereTheyLie() throws IOException {
    small.threeSegments();
    StoppedJournal stopped = StoppedJournal.open(small.disk, DIRECTORY).orElseThrow();
    for (Map.Entry<Long, LogPosition> each : small.positions.entrySet()) {
      String text = new String(stopped.read(each.getValue()), StandardCharsets.UTF_8);
      assertEquals(small.texts.get(each.getKey()), text);
    }
    List<Long> scanned = new ArrayList<>();
    for (SegmentInfo segment : stopped.segments()) {
      stopped.scan(segment.id(), (number, type, payload, before) -> scanned.add(number));
    }
    assertEquals(List.copyOf(small.texts.keySet()), scanned);
  }

  @Test
  void isNotThereWithoutSegmentsOrAName() throws IOException {
    assertEquals(Optional.empty(), StoppedJournal.open(new NioDisk(), temp.resolve("absent")));
  }

  @Test
  void refusesSegmentsOfDifferentEdges() throws IOException {
    Path other = Path.of("/other");
    ForgetfulDisk disk = small.disk;
    small.threeSegments();
    var others =
        new JournalSettings(
            other,
            "pi-8",
            settings(other).commitInterval(),
            settings(other).idleCommitInterval(),
            1 << 20);
    try (Journal journal = Journal.open(others, disk, new RecordingReplay())) {
      append(journal, "a", null);
    }
    disk.put(SegmentFiles.segment(DIRECTORY, 7), disk.bytes(SegmentFiles.segment(other, 1)));
    // Its header belongs to the file of another id, so it counts as unreadable, not as theirs.
    assertTrue(StoppedJournal.open(disk, DIRECTORY).isPresent());
    disk.put(SegmentFiles.segment(DIRECTORY, 1), disk.bytes(SegmentFiles.segment(other, 1)));
    assertThrows(WrongEdge.class, () -> StoppedJournal.open(disk, DIRECTORY));
  }

  /** J6: asking who has it open disturbs nobody. */
  @Test
  void saysWhoHasTheJournalOpen() throws Exception {
    Path lock = StoppedJournal.lockFile(temp);
    assertEquals(Optional.empty(), DirectoryOwner.of(lock));
    ChildJournal child = ChildJournal.start(temp);
    try {
      assertEquals("open", child.firstLine());
      String recorded = Files.readString(lock).strip();
      assertEquals(Optional.of(recorded), DirectoryOwner.of(lock));
      assertTrue(recorded.startsWith("process " + child.pid()), recorded);
    } finally {
      child.kill();
    }
    assertEquals(Optional.empty(), DirectoryOwner.of(lock));
    try (Journal journal = Journal.open(settings(temp), new NioDisk(), new RecordingReplay())) {
      String owner = DirectoryOwner.of(lock).orElseThrow();
      assertTrue(owner.startsWith("process " + ProcessHandle.current().pid()), owner);
      // Had the question given the lock up, another process would get it now.
      ChildJournal second = ChildJournal.start(temp);
      assertEquals("in use by " + ProcessHandle.current().pid(), second.firstLine());
      assertEquals(0, second.exitCode());
      append(journal, "a", null);
    }
  }

  @Test
  void refusesEveryChange() throws IOException {
    ReadOnlyDisk disk = new ReadOnlyDisk(new NioDisk());
    Path file = Files.writeString(temp.resolve("a"), "a");
    assertThrows(IOException.class, () -> disk.create(temp.resolve("b")));
    assertThrows(IOException.class, () -> disk.delete(file));
    assertThrows(IOException.class, () -> disk.rename(file, temp.resolve("b")));
    assertThrows(IOException.class, () -> disk.lock(temp.resolve("lock")));
    disk.createDirectories(temp.resolve("c"));
    try (var open = disk.open(file)) {
      assertEquals(1, open.size());
      assertThrows(IOException.class, () -> open.write(ByteBuffer.allocate(1), 0));
      assertThrows(IOException.class, open::force);
    }
    assertEquals(List.of(file), disk.list(temp));
  }

  private ForgetfulDisk with(Path file, byte[] bytes) {
    ForgetfulDisk changed = small.disk.copy();
    changed.put(file, bytes);
    return changed;
  }

  private static Map<Path, String> content(ForgetfulDisk disk) throws IOException {
    Map<Path, String> content = new TreeMap<>();
    for (Path directory : List.of(DIRECTORY, DIRECTORY.resolve(SegmentFiles.DAMAGED))) {
      for (Path file : disk.list(directory)) {
        if (!file.endsWith(SegmentFiles.DAMAGED)) {
          content.put(file, Arrays.toString(disk.bytes(file)));
        }
      }
    }
    return content;
  }
}
