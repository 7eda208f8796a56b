package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.DirectoryInUse;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.NioDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** J6: one owner, one name. */
final class OwnershipTest {
  @TempDir Path directory;

  private final Disk disk = new NioDisk();

  private JournalSettings named(String edge) {
    return new JournalSettings(
        directory, edge, Duration.ofMillis(1), Duration.ofMinutes(1), 1 << 20);
  }

  private Journal open() throws IOException {
    return Journal.open(settings(directory), disk, new RecordingReplay());
  }

  @Test
  void refusesAnotherEdgesNameAndSaysBoth() throws IOException {
    open().close();
    WrongEdge refusal =
        assertThrows(
            WrongEdge.class, () -> Journal.open(named("pi-8"), disk, new RecordingReplay()));
    assertEquals(Journals.EDGE, refusal.found());
    assertTrue(String.valueOf(refusal.getMessage()).contains("'pi-8'"), refusal.getMessage());
    open().close();
  }

  @Test
  void knowsTheNameFromTheSegmentsWhenItsFileIsGone() throws IOException {
    try (Journal journal = open()) {
      append(journal, "a", null);
    }
    Files.delete(directory.resolve(SegmentFiles.EDGE));
    assertThrows(WrongEdge.class, () -> Journal.open(named("pi-8"), disk, new RecordingReplay()));
    assertEquals(Map.of(1L, "a"), replay(settings(directory), disk).records);
    assertTrue(Files.exists(directory.resolve(SegmentFiles.EDGE)));
  }

  @Test
  void refusesASegmentOfAnotherEdge() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    JournalSettings others =
        new JournalSettings(other, "pi-8", Duration.ofMillis(1), Duration.ofMinutes(1), 1 << 20);
    try (Journal journal = Journal.open(others, disk, new RecordingReplay())) {
      append(journal, "a", null);
    }
    open().close();
    Files.copy(SegmentFiles.segment(other, 1), SegmentFiles.segment(directory, 1));
    assertThrows(WrongEdge.class, this::open);
  }

  @Test
  void refusesASecondJournalOfThisProcessAndLeavesTheFirstItsLock() throws Exception {
    try (Journal first = open()) {
      assertThrows(DirectoryInUse.class, this::open);
      assertThrows(DirectoryInUse.class, this::open);
      append(first, "a", null);
      ChildJournal child = ChildJournal.start(directory);
      assertEquals("in use by " + ProcessHandle.current().pid(), child.firstLine());
      assertEquals(0, child.exitCode());
    }
    open().close();
  }

  @Test
  void refusesWhileAnotherProcessHasItAndNamesThatProcess() throws Exception {
    ChildJournal child = ChildJournal.start(directory);
    try {
      assertEquals("open", child.firstLine());
      DirectoryInUse refusal = assertThrows(DirectoryInUse.class, this::open);
      assertTrue(refusal.owner().startsWith("process " + child.pid() + " on "), refusal.owner());
      assertTrue(String.valueOf(refusal.getMessage()).contains(refusal.owner()));
    } finally {
      child.kill();
    }
    open().close();
  }

  @Test
  void locksBeforeItReadsAnything() throws IOException {
    try (Journal first = open()) {
      append(first, "a", null);
      FaultyDisk counting = new FaultyDisk(disk);
      assertThrows(
          DirectoryInUse.class,
          () -> Journal.open(settings(directory), counting, new RecordingReplay()));
      assertEquals(0, counting.count());
    }
  }

  @Test
  void releasesTheLockWhenAStartFails() throws IOException {
    open().close();
    assertThrows(WrongEdge.class, () -> Journal.open(named("pi-8"), disk, new RecordingReplay()));
    open().close();
  }
}
