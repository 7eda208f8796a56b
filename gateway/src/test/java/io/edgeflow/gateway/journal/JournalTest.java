package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.await;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.NioDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  @TempDir Path directory;

  private final Disk disk = new NioDisk();

  private Journal open(Replay replay) throws IOException {
    return Journal.open(settings(directory), disk, replay);
  }

  @Test
  void replaysEveryRecordOnceInOrderAfterACleanStop() throws IOException {
    try (Journal journal = open(new RecordingReplay())) {
      assertEquals(1, append(journal, "a", null));
      assertEquals(2, append(journal, "b", null));
      assertEquals(3, journal.append(9, new byte[] {1, 'c', 2}, 1, 1, null));
    }
    RecordingReplay replay = replay(settings(directory), disk);
    assertEquals(Map.of(1L, "a", 2L, "b", 3L, "c"), replay.records);
    assertEquals(Map.of(1L, 7, 2L, 7, 3L, 9), replay.types);
    assertTrue(replay.endedInMarker());
    assertEquals(List.of(), replay.damage);
  }

  @Test
  void goesOnWithTheNextNumberAfterARestart() throws IOException {
    for (int round = 0; round < 5; round++) {
      RecordingReplay replay = new RecordingReplay();
      try (Journal journal = open(replay)) {
        assertEquals(round, replay.records.size());
        assertEquals(round, journal.lastNumber());
        assertEquals(round, journal.syncedNumber());
        assertEquals(round + 1, append(journal, "r" + round, null));
      }
    }
  }

  @Test
  void callsWaitersInOrderWithThePositionOfTheirRecord() throws IOException {
    try (Journal journal = open(new RecordingReplay())) {
      Journals.Acknowledged acknowledged = new Journals.Acknowledged();
      for (int i = 1; i <= 1000; i++) {
        append(journal, "record " + i, i % 3 == 0 ? acknowledged : null);
        if (i % 50 == 0) {
          journal.wantSync();
        }
      }
      await(() -> acknowledged.numbers.size() == 333);
      for (int i = 0; i < 333; i++) {
        long number = 3L * (i + 1);
        assertEquals(number, acknowledged.numbers.get(i));
        assertEquals("record " + number, read(journal, acknowledged.positions.get(i)));
      }
    }
  }

  @Test
  void replayedPositionsCanBeRead() throws IOException {
    try (Journal journal = open(new RecordingReplay())) {
      append(journal, "a", null);
      append(journal, "", null);
    }
    RecordingReplay replay = new RecordingReplay();
    try (Journal journal = open(replay)) {
      assertEquals(2, replay.positions.size());
      for (var entry : replay.positions.entrySet()) {
        assertEquals(replay.records.get(entry.getKey()), read(journal, entry.getValue()));
      }
    }
  }

  @Test
  void startsFromTheNewestCheckpoint() throws IOException {
    String large = "c".repeat(3_000_000);
    try (Journal journal = open(new RecordingReplay())) {
      append(journal, "a", null);
      journal.roll("first".getBytes(StandardCharsets.UTF_8));
      append(journal, "b", null);
      journal.roll(large.getBytes(StandardCharsets.UTF_8));
      assertEquals(3, append(journal, "c", null));
    }
    RecordingReplay replay = replay(settings(directory), disk);
    assertEquals(large, replay.checkpoint);
    assertEquals(Map.of(3L, "c"), replay.records);
  }

  @Test
  void deletesOnlyWhatIsOlderThanTheNewestSyncedCheckpoint() throws IOException {
    try (Journal journal = open(new RecordingReplay())) {
      LogPosition first = appendSynced(journal, "a");
      assertFalse(journal.delete(first.segment()), "still written");
      journal.roll("checkpoint".getBytes(StandardCharsets.UTF_8));
      LogPosition second = appendSynced(journal, "b");
      assertFalse(journal.delete(second.segment()), "holds the checkpoint");
      assertTrue(journal.delete(first.segment()));
      assertFalse(journal.delete(first.segment()), "gone");
      assertThrows(IOException.class, () -> journal.read(first));
      assertEquals(
          List.of(second.segment()), journal.segments().stream().map(SegmentInfo::id).toList());
    }
    RecordingReplay replay = replay(settings(directory), disk);
    assertEquals("checkpoint", replay.checkpoint);
    assertEquals(Map.of(2L, "b"), replay.records);
    assertEquals(List.of(), replay.damage);
  }

  @Test
  void wantsARollAfterASegmentOfRecords() throws IOException {
    byte[] payload = new byte[1 << 19];
    try (Journal journal = open(new RecordingReplay())) {
      journal.append(1, payload, 0, payload.length, null);
      assertFalse(journal.wantsRoll());
      journal.append(1, payload, 0, payload.length, null);
      assertTrue(journal.wantsRoll());
      journal.roll(new byte[1 << 21]);
      assertFalse(journal.wantsRoll(), "the checkpoint itself does not count");
    }
  }

  @Test
  void refusesRecordsWhenClosed() throws IOException {
    Journal journal = open(new RecordingReplay());
    journal.close();
    journal.close();
    assertThrows(IllegalStateException.class, () -> append(journal, "a", null));
  }

  private static String read(Journal journal, LogPosition position) throws IOException {
    return new String(journal.read(position), StandardCharsets.UTF_8);
  }
}
