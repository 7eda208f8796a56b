package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.await;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * J3: while syncs fail or stall nobody is told anything, and afterwards everything is there once.
 */
final class FailingSyncTest {
  private static final Path DIRECTORY = Path.of("/journal");

  private final FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());
  private final Journals.Acknowledged acknowledged = new Journals.Acknowledged();

  private Journal open() throws IOException {
    return Journal.open(settings(DIRECTORY), disk, new RecordingReplay());
  }

  private static void failing(FaultyDisk disk, Operation failing) {
    disk.fault(
        operation -> {
          if (operation == failing) {
            throw new IOException("no space left on device");
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITE", "FORCE"})
  void callsNoWaiterUntilTheDiskWorksAgainAndThenEachOnce(Operation broken) throws IOException {
    try (Journal journal = open()) {
      appendSynced(journal, "r1");
      failing(disk, broken);
      for (int i = 2; i <= 100; i++) {
        append(journal, "r" + i, acknowledged);
        journal.wantSync();
      }
      await(() -> disk.count(Operation.CREATE) > 4);
      assertInstanceOf(JournalHealth.Failing.class, journal.health());
      assertEquals(List.of(), acknowledged.numbers);
      assertEquals(1, journal.syncedNumber());
      disk.heal();
      await(() -> acknowledged.numbers.size() >= 99);
      assertEquals(LongStream.rangeClosed(2, 100).boxed().toList(), acknowledged.numbers);
      await(() -> journal.health() instanceof JournalHealth.Ok);
      for (int i = 2; i <= 100; i++) {
        byte[] payload = journal.read(acknowledged.positions.get(i - 2));
        assertEquals("r" + i, new String(payload, StandardCharsets.UTF_8));
      }
    }
    assertReplaysConsecutively(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "SYNC_DIRECTORY", "WRITE", "FORCE"})
  void doesNotAcknowledgeWhatDependsOnASegmentThatCannotBeBegun(Operation broken)
      throws IOException {
    try (Journal journal = open()) {
      failing(disk, broken);
      append(journal, "r1", acknowledged);
      journal.wantSync();
      await(() -> disk.count(broken) > 4);
      assertEquals(List.of(), acknowledged.numbers);
      disk.heal();
      await(() -> acknowledged.numbers.size() == 1);
    }
    assertReplaysConsecutively(1);
  }

  @Test
  void keepsNoFilesOfAttemptsThatFailed() throws IOException {
    try (Journal journal = open()) {
      appendSynced(journal, "r1");
      failing(disk, Operation.FORCE);
      append(journal, "r2", acknowledged);
      journal.wantSync();
      await(() -> disk.count(Operation.CREATE) > 6);
      disk.heal();
      await(() -> acknowledged.numbers.size() == 1);
      assertEquals(2, journal.segments().size(), journal.segments().toString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "SYNC_DIRECTORY", "WRITE", "FORCE"})
  void callsNoWaiterWhileTheDiskStalls(Operation stalled) throws IOException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Journal journal = open()) {
      disk.fault(
          operation -> {
            if (operation == stalled) {
              reached.countDown();
              uninterruptibly(release);
            }
          });
      append(journal, "r1", acknowledged);
      journal.wantSync();
      uninterruptibly(reached);
      append(journal, "r2", acknowledged);
      journal.wantSync();
      await(() -> journal.health() instanceof JournalHealth.Stalled);
      assertEquals(List.of(), acknowledged.numbers);
      assertEquals(0, journal.syncedNumber());
      assertTrue(journal.unsyncedBytes() > 0);
      release.countDown();
      await(() -> acknowledged.numbers.size() == 2);
      assertEquals(List.of(1L, 2L), acknowledged.numbers);
      await(() -> journal.unsyncedBytes() == 0);
    }
    assertReplaysConsecutively(2);
  }

  @Test
  void closingWhileTheDiskFailsAcknowledgesNothing() throws IOException {
    try (Journal journal = open()) {
      appendSynced(journal, "r1");
      failing(disk, Operation.FORCE);
      append(journal, "r2", acknowledged);
    }
    assertEquals(List.of(), acknowledged.numbers);
    disk.heal();
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals("r1", replay.records.get(1L));
  }

  @Test
  void writesOnWhereAShortWriteEnded() throws IOException {
    disk.writeShort(7);
    try (Journal journal = open()) {
      for (int i = 1; i <= 100; i++) {
        append(journal, "r" + i, acknowledged);
      }
      journal.wantSync();
      await(() -> acknowledged.numbers.size() == 100);
    }
    assertReplaysConsecutively(100);
  }

  @Test
  void aFailedMarkerCostsNothing() throws IOException {
    try (Journal journal = open()) {
      appendSynced(journal, "r1");
      failing(disk, Operation.FORCE);
    }
    disk.heal();
    assertReplaysConsecutively(1);
  }

  @Test
  void aWaiterThatFailsDoesNotStopItsNeighbours() throws IOException {
    try (Journal journal = open()) {
      append(
          journal,
          "r1",
          (number, position) -> {
            throw new IllegalStateException("a waiter of this test");
          });
      append(journal, "r2", acknowledged);
      journal.wantSync();
      await(() -> acknowledged.numbers.size() == 1);
    }
    assertReplaysConsecutively(2);
  }

  private void assertReplaysConsecutively(int last) throws IOException {
    RecordingReplay replay = replay(settings(DIRECTORY), disk);
    assertEquals(
        LongStream.rangeClosed(1, last).boxed().toList(), List.copyOf(replay.records.keySet()));
    replay.records.forEach((number, text) -> assertEquals("r" + number, text));
    assertEquals(List.of(), replay.damage);
  }

  private static void uninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
