package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static io.edgeflow.gateway.journal.SmallJournal.DIRECTORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** J2: what is damage, what is a torn tail, and what is said about either. */
final class DamageTest {
  private final SmallJournal small = new SmallJournal();

  @Test
  void namesTheBytesAndTheNumbersThatAreDamagedAndSetsThemAside() throws IOException {
    small.threeSegments();
    LogPosition hit = small.positions.get(8L);
    assertTrue(hit != null);
    Path file = SegmentFiles.segment(DIRECTORY, hit.segment());
    byte[] bytes = small.disk.bytes(file);
    bytes[(int) hit.offset() + 20] ^= 1;
    small.disk.put(file, bytes);
    RecordingReplay replay = replay(settings(DIRECTORY), small.disk);
    long end = hit.offset() + RecordFormat.HEADER_BYTES + hit.length();
    assertEquals(List.of(new Damage(hit.segment(), hit.offset(), end, 8, 8)), replay.damage);
    assertEquals(1, replay.damage.getFirst().missing());
    assertEquals(List.of(7L, 9L, 10L), List.copyOf(replay.records.keySet()));
    byte[] aside = small.disk.bytes(SegmentFiles.setAside(DIRECTORY, hit.segment(), hit.offset()));
    assertEquals(
        Arrays.toString(Arrays.copyOfRange(bytes, (int) hit.offset(), (int) end)),
        Arrays.toString(aside));
  }

  /**
   * A segment gets its name when its first batch is synced, and its header says how far that is.
   */
  @Test
  void aCutThroughTheFirstBatchOfTheNewestSegmentIsDamage() throws IOException {
    try (Journal journal = Journal.open(settings(DIRECTORY), small.disk, new RecordingReplay())) {
      small.appendAll(journal, 1);
    }
    LogPosition only = small.positions.get(1L);
    assertTrue(only != null);
    Path file = SegmentFiles.segment(DIRECTORY, only.segment());
    small.disk.put(file, Arrays.copyOf(small.disk.bytes(file), (int) only.offset()));
    RecordingReplay replay = replay(settings(DIRECTORY), small.disk);
    assertEquals(1, replay.damage.size(), "readings that were acknowledged are gone, unsaid");
    assertEquals(1, replay.damage.getFirst().missing());
    assertEquals(0, replay.records.size());
  }

  /** Each commit tells what was synced before it, or a hole there would pass for a torn tail. */
  @Test
  void aHoleBeforeTheLastBatchOfTheNewestSegmentIsDamage() throws IOException {
    ForgetfulDisk killed;
    try (Journal journal = Journal.open(settings(DIRECTORY), small.disk, new RecordingReplay())) {
      small.appendAll(journal, 3);
      killed = small.disk.copy();
    }
    LogPosition hit = small.positions.get(2L);
    assertTrue(hit != null);
    Path file = SegmentFiles.segment(DIRECTORY, hit.segment());
    byte[] bytes = killed.bytes(file);
    bytes[(int) hit.offset() + RecordFormat.HEADER_BYTES] ^= 1;
    killed.put(file, bytes);
    RecordingReplay replay = replay(settings(DIRECTORY), killed);
    assertEquals(1, replay.damage.size());
    assertEquals(List.of(1L, 3L), List.copyOf(replay.records.keySet()));
  }

  /** That the batch was synced is known only because a later segment goes on behind it. */
  @Test
  void aHoleInTheLastBatchBeforeAnotherSegmentIsDamage() throws IOException {
    FaultyDisk faulty = new FaultyDisk(small.disk);
    List<LogPosition> batch = new ArrayList<>();
    try (Journal journal = Journal.open(settings(DIRECTORY), faulty, new RecordingReplay())) {
      small.appendAll(journal, 1);
      append(journal, "record 2", (number, position) -> batch.add(position));
      append(journal, "record 3", null);
      journal.wantSync();
      Journals.await(() -> journal.syncedNumber() == 3 && batch.size() == 1);
      faulty.fault(failingOnce());
      small.appendAll(journal, 1);
    }
    LogPosition hit = batch.getFirst();
    Path file = SegmentFiles.segment(DIRECTORY, hit.segment());
    byte[] bytes = small.disk.bytes(file);
    bytes[(int) hit.offset() + 20] ^= 1;
    small.disk.put(file, bytes);
    RecordingReplay replay = replay(settings(DIRECTORY), small.disk);
    long end = hit.offset() + RecordFormat.HEADER_BYTES + hit.length();
    assertEquals(List.of(new Damage(hit.segment(), hit.offset(), end, 2, 2)), replay.damage);
    assertEquals(List.of(1L, 3L, 4L), List.copyOf(replay.records.keySet()));
  }

  private static FaultyDisk.Fault failingOnce() {
    AtomicBoolean failed = new AtomicBoolean();
    return operation -> {
      if (operation == FaultyDisk.Operation.FORCE && !failed.getAndSet(true)) {
        throw new IOException("a sync that fails");
      }
    };
  }

  @Test
  void aCleanStopRulesOutThatAnythingIsMissing() throws IOException {
    small.threeSegments();
    assertTrue(replay(settings(DIRECTORY), small.disk).endedInMarker());
  }

  @Test
  void aLogWithoutAMarkerMayMissWhatWasAcknowledged() throws IOException {
    try (Journal journal = small.open()) {
      small.appendAll(journal, 3);
      RecordingReplay killed = replay(settings(DIRECTORY), small.disk.copy());
      assertEquals(small.texts, killed.records);
      assertEquals(0, killed.tornBytes);
      assertTrue(killed.possiblyAcknowledged);
      assertEquals(List.of(), killed.damage);
    }
  }

  @Test
  void anIdleMarkerRulesItOutForAKilledProcess() throws IOException {
    JournalSettings impatient = settings(DIRECTORY, Duration.ofMillis(1), Duration.ofMillis(20));
    try (Journal journal = Journal.open(impatient, small.disk, new RecordingReplay())) {
      small.appendAll(journal, 3);
      Journals.await(() -> endsInMarker());
      assertEquals(
          small.texts.keySet(), replay(settings(DIRECTORY), small.disk.copy()).records.keySet());
    }
  }

  private boolean endsInMarker() {
    try {
      return replay(settings(DIRECTORY), small.disk.copy()).endedInMarker();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHoleInTheLastBatchIsATornTailAndNotDamage() throws IOException {
    byte[] before;
    List<LogPosition> batch = new ArrayList<>();
    try (Journal journal = small.open()) {
      small.appendAll(journal, 2);
      for (int i = 0; i < 3; i++) {
        append(journal, "batch " + i, (number, position) -> batch.add(position));
      }
      journal.wantSync();
      Journals.await(() -> journal.syncedNumber() == 5 && batch.size() == 3);
      before = small.disk.bytes(small.segmentFiles().getFirst());
    }
    ForgetfulDisk torn = new ForgetfulDisk();
    before[(int) batch.get(1).offset() + 19] ^= 1;
    torn.put(DIRECTORY.resolve("edge"), small.disk.bytes(DIRECTORY.resolve("edge")));
    torn.put(small.segmentFiles().getFirst(), before);
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
    small.threeSegments();
    Path last = small.segmentFiles().getLast();
    byte[] bytes = small.disk.bytes(last);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 100_000);
    for (int at = bytes.length; at + 18 < longer.length; at += 18) {
      RecordFormat.putHeader(longer, at, 1, at % 3 == 0 ? Integer.MAX_VALUE : 50_000, 11);
    }
    small.disk.put(last, longer);
    RecordingReplay replay = replay(settings(DIRECTORY), small.disk);
    assertEquals(small.texts.tailMap(7L), replay.records);
    assertEquals(100_000, replay.tornBytes);
    assertFalse(replay.endedInMarker());
  }
}
