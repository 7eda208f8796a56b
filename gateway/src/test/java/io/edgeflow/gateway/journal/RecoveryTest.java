package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
final class RecoveryTest {
  private static final Path DIRECTORY = Path.of("/journal");

  private final ForgetfulDisk disk = new ForgetfulDisk();

  private Journal open() throws IOException {
    return Journal.open(settings(DIRECTORY), disk, new RecordingReplay());
  }

  @Test
  void readsOnlyTheHeadersOfSegmentsBeforeTheCheckpoint() throws IOException {
    byte[] payload = new byte[100_000];
    try (Journal journal = open()) {
      for (int segment = 0; segment < 20; segment++) {
        for (int i = 0; i < 10; i++) {
          journal.append(1, payload, 0, payload.length, null);
        }
        journal.roll(new byte[10]);
      }
      append(journal, "after the checkpoint", null);
    }
    long before = disk.bytesRead();
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(List.of(201L), List.copyOf(replay.records.keySet()));
    long read = disk.bytesRead() - before;
    assertTrue(read < 21 * (SegmentHeader.BYTES + 512L) + 50_000, "read " + read);
  }

  @Test
  void fallsBackToTheCheckpointBeforeWhenARollIsTorn() throws IOException {
    int fellBack = 0;
    for (int operations = 0; operations < 12; operations++) {
      fellBack += tornAfter(operations) ? 1 : 0;
    }
    assertTrue(fellBack >= 4, "a roll was torn " + fellBack + " times");
  }

  /** Whether the power went before the second checkpoint was safe. */
  private boolean tornAfter(int operations) throws IOException {
    ForgetfulDisk torn = new ForgetfulDisk();
    try (Journal journal = Journal.open(settings(DIRECTORY), torn, new RecordingReplay())) {
      journal.roll("first".getBytes(UTF_8));
      appendSynced(journal, "a");
      torn.cutAfter(operations);
      journal.roll("second".repeat(1000).getBytes(UTF_8));
      append(journal, "b", null);
      journal.wantSync();
      Journals.await(() -> torn.isOff() || journal.syncedNumber() == 2);
    }
    torn.restart(new SplittableRandom(operations));
    RecordingReplay replay = replay(settings(DIRECTORY), torn);
    assertEquals(List.of(), replay.damage);
    if ("first".equals(replay.checkpoint)) {
      assertEquals("a", replay.records.get(1L));
      return true;
    }
    assertEquals("second".repeat(1000), replay.checkpoint);
    return false;
  }

  /** What a killed process gave a name to is there for the next one, and may not be for good. */
  @Test
  void buildsOnNoNameThatAPowerCutMayTake() throws IOException {
    for (int beforeKill = 0; beforeKill < 12; beforeKill++) {
      for (int beforeCut = 0; beforeCut < 40; beforeCut++) {
        for (int seed = 0; seed < 4; seed++) {
          killedThenCut(beforeKill, beforeCut, seed);
        }
      }
    }
  }

  private static void killedThenCut(int beforeKill, int beforeCut, int seed) throws IOException {
    ForgetfulDisk forgetful = new ForgetfulDisk();
    AcknowledgedLog log =
        new AcknowledgedLog(
            "killed at %d, cut at %d, seed %d".formatted(beforeKill, beforeCut, seed));
    try (Journal journal = Journal.open(settings(DIRECTORY), forgetful, new RecordingReplay())) {
      log.append(journal, 0);
      journal.wantSync();
      Journals.await(() -> journal.syncedNumber() == 1);
      forgetful.cutAfter(beforeKill);
      log.roll(journal, 3000);
      log.append(journal, 0);
      journal.wantSync();
      Journals.await(() -> forgetful.isOff() || journal.syncedNumber() == 2);
    }
    forgetful.kill();
    forgetful.cutAfter(beforeCut);
    try {
      Journal.open(settings(DIRECTORY), forgetful, new RecordingReplay()).close();
    } catch (IOException cut) {
      assertTrue(forgetful.isOff(), cut::toString);
    }
    forgetful.restart(new SplittableRandom(seed));
    log.assertHolds(replay(settings(DIRECTORY), forgetful));
  }

  @Test
  void fallsBackToTheCheckpointBeforeWhenTheNewestIsDamaged() throws IOException {
    try (Journal journal = open()) {
      append(journal, "a", null);
      journal.roll("first".getBytes(UTF_8));
      append(journal, "b", null);
      journal.roll("second".getBytes(UTF_8));
      append(journal, "c", null);
    }
    flip(3, SegmentHeader.BYTES + 20);
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals("first", replay.checkpoint);
    assertEquals(Map.of(2L, "b", 3L, "c"), replay.records);
    assertEquals(1, replay.damage.size());
    assertEquals(0, replay.damage.getFirst().missing());
  }

  @Test
  void namesWhatIsLostWithTheOnlyCheckpointAndStartsAllTheSame() throws IOException {
    try (Journal journal = open()) {
      LogPosition first = appendSynced(journal, "a");
      journal.roll("only".getBytes(UTF_8));
      appendSynced(journal, "b");
      assertTrue(journal.delete(first.segment()));
    }
    flip(2, SegmentHeader.BYTES + 20);
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertNull(replay.checkpoint);
    assertEquals(Map.of(2L, "b"), replay.records);
    int checkpointEnd = SegmentHeader.BYTES + RecordFormat.HEADER_BYTES + 4;
    assertEquals(
        List.of(new Damage(2, 0, 0, 1, 1), new Damage(2, SegmentHeader.BYTES, checkpointEnd, 2, 1)),
        replay.damage);
  }

  private void flip(long segment, int offset) {
    Path file = SegmentFiles.segment(DIRECTORY, segment);
    byte[] bytes = disk.bytes(file);
    bytes[offset] ^= 1;
    disk.put(file, bytes);
  }

  @Test
  void readsAroundBlocksThatTheDiskCannotRead() throws IOException {
    try (Journal journal = open()) {
      for (int i = 0; i < 3; i++) {
        appendSynced(journal, "x".repeat(6000));
      }
    }
    FaultyDisk faulty = new FaultyDisk(disk);
    faulty.fault(
        operation -> {
          if (operation == Operation.READ) {
            throw new IOException("a bad block");
          }
        });
    RecordingReplay unreadable = new RecordingReplay();
    Journal.open(settings(DIRECTORY), faulty, unreadable).close();
    assertEquals(Map.of(), unreadable.records);
    assertEquals(1, unreadable.damage.size());
    assertTrue(
        disk.list(DIRECTORY).contains(SegmentFiles.segment(DIRECTORY, 1)),
        "what may be readable next time is not moved");
  }

  @Test
  void aReplayThatFailsFailsTheStartAndCanBeTriedAgain() throws IOException {
    Journal killed = open();
    append(killed, "a", null);
    appendSynced(killed, "b");
    appendSynced(killed, "c");
    disk.kill();
    killed.close();
    for (long failing = 1; failing <= 3; failing++) {
      long number = failing;
      RecordingReplay refusing = new RecordingReplay(n -> n == number);
      assertThrows(
          IllegalStateException.class, () -> Journal.open(settings(DIRECTORY), disk, refusing));
    }
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(Map.of(1L, "a", 2L, "b", 3L, "c"), replay.records);
  }

  @Test
  void readingADamagedRecordSaysSo() throws IOException {
    try (Journal journal = open()) {
      LogPosition position = appendSynced(journal, "abc");
      assertEquals("abc", new String(journal.read(position), UTF_8));
      flip(position.segment(), (int) position.offset() + 19);
      assertThrows(IOException.class, () -> journal.read(position));
    }
  }

  @Test
  void readsOnlyWhereARecordIs() throws IOException {
    try (Journal journal = open()) {
      LogPosition good = appendSynced(journal, "abc");
      for (int shift : new int[] {-1, 1, 100_000}) {
        LogPosition bad = new LogPosition(good.segment(), good.offset() + shift, good.length());
        assertThrows(IOException.class, () -> journal.read(bad));
      }
      LogPosition longer = new LogPosition(good.segment(), good.offset(), Integer.MAX_VALUE);
      assertThrows(IOException.class, () -> journal.read(longer));
      LogPosition absent = new LogPosition(99, good.offset(), good.length());
      assertThrows(IOException.class, () -> journal.read(absent));
    }
  }

  @Test
  void removesWhatAnInterruptedStartLeft() throws IOException {
    Path left = SegmentFiles.temporary(SegmentFiles.segment(DIRECTORY, 5));
    disk.put(left, Arrays.copyOf(new byte[] {1}, 100));
    open().close();
    assertTrue(!disk.list(DIRECTORY).contains(left));
  }
}
