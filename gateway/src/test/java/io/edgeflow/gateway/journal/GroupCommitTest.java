package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.await;
import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks at threads by their name, and every journal has one")
final class GroupCommitTest {
  private static final Path DIRECTORY = Path.of("/journal");
  private static final Duration LONG = Duration.ofMinutes(10);

  private final FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());
  private final Journals.Acknowledged acknowledged = new Journals.Acknowledged();

  /** Of other journals in this JVM, if any. */
  private final Set<Thread> others = Thread.getAllStackTraces().keySet();

  private Journal open(Duration commit, Duration idle) throws IOException {
    return Journal.open(settings(DIRECTORY, commit, idle), disk, new RecordingReplay());
  }

  @Test
  void syncsOnceForAllThatWait() throws IOException {
    Duration interval = Duration.ofMillis(50);
    try (Journal journal = open(interval, LONG)) {
      appendSynced(journal, "the first sync begins the interval");
      long before = disk.count(Operation.FORCE);
      long begun = System.nanoTime();
      for (int i = 0; i < 1000; i++) {
        append(journal, "r" + i, acknowledged);
        journal.wantSync();
      }
      await(() -> acknowledged.numbers.size() == 1000);
      long syncs = disk.count(Operation.FORCE) - before;
      long intervals = Duration.ofNanos(System.nanoTime() - begun).dividedBy(interval);
      assertTrue(syncs <= intervals + 1, () -> syncs + " syncs within " + intervals + " intervals");
    }
  }

  /** An interval of 0: no batch waits for another one's time. */
  @Test
  void syncsEachBatchAtOnceWithoutAnInterval() throws IOException {
    try (Journal journal = open(Duration.ZERO, LONG)) {
      for (int i = 0; i < 50; i++) {
        long before = disk.count(Operation.FORCE);
        appendSynced(journal, "r" + i);
        assertTrue(disk.count(Operation.FORCE) > before, "shared an earlier sync");
      }
    }
  }

  /** A commit interval of minutes delays whoever waits, and nothing that holds up all others. */
  @Test
  void doesNotWaitForALongIntervalWhereItIsUrgent() throws IOException {
    try (Journal journal = open(LONG, LONG)) {
      appendSynced(journal, "the first sync begins the interval");
      append(journal, "a", acknowledged);
      journal.wantSync();
      await(() -> syncerState() == Thread.State.TIMED_WAITING);
      assertEquals(List.of(), acknowledged.numbers, "synced before its time");
      journal.wantSyncNow();
      await(() -> acknowledged.numbers.equals(List.of(2L)));
    }
  }

  /** What a power cut can take is bounded by bytes too, however long the interval. */
  @Test
  void doesNotWaitForALongIntervalWhenMuchIsUnsynced() throws IOException {
    try (Journal journal = open(LONG, LONG)) {
      appendSynced(journal, "the first sync begins the interval");
      String large = "x".repeat(1 << 20);
      for (int i = 0; i < 5; i++) {
        append(journal, large, acknowledged);
      }
      await(() -> acknowledged.numbers.size() >= 4);
    }
  }

  @Test
  void doesNotSyncWhatNobodyWaitsForUntilTheIdleInterval() throws IOException {
    try (Journal journal = open(Duration.ZERO, LONG)) {
      appendSynced(journal, "a");
      long before = disk.count();
      append(journal, "b", acknowledged);
      await(() -> syncerState() == Thread.State.TIMED_WAITING);
      assertEquals(before, disk.count());
      assertEquals(1, journal.syncedNumber());
    }
    assertEquals(List.of(2L), acknowledged.numbers, "closing syncs it");
  }

  @Test
  void syncsWhatNobodyWaitsForAfterTheIdleInterval() throws IOException {
    try (Journal journal = open(Duration.ZERO, Duration.ofMillis(30))) {
      append(journal, "a", acknowledged);
      await(() -> acknowledged.numbers.size() == 1);
    }
  }

  @Test
  void writesOneMarkerWhenIdleAndThenSleeps() throws IOException {
    AtomicInteger markers = new AtomicInteger();
    try (Journal journal = open(Duration.ZERO, Duration.ofMillis(20))) {
      // A marker is the sync of no records.
      journal.observe((nanos, synced) -> markers.addAndGet(synced == 0 ? 1 : 0));
      appendSynced(journal, "a");
      await(() -> markers.get() == 1);
      await(() -> syncerState() == Thread.State.WAITING);
      assertEquals(1, markers.get());
      appendSynced(journal, "b");
      await(() -> markers.get() == 2);
      await(() -> syncerState() == Thread.State.WAITING);
      assertEquals(2, markers.get());
    }
    assertEquals(Thread.State.TERMINATED, syncerState());
  }

  @Test
  void touchesNothingWhileItIsEmpty() throws IOException {
    try (Journal journal = open(Duration.ZERO, Duration.ofMillis(1))) {
      await(() -> syncerState() == Thread.State.WAITING);
      assertEquals(List.of(), journal.segments());
    }
  }

  @Test
  void callsWaitersAfterTheSyncAndInOrderAcrossARoll() throws IOException {
    AtomicLong wrong = new AtomicLong();
    try (Journal journal = open(Duration.ZERO, LONG)) {
      Durable checking =
          (number, position) -> {
            wrong.addAndGet(number > journal.syncedNumber() ? 1 : 0);
            acknowledged.durable(number, position);
          };
      for (int i = 0; i < 300; i++) {
        append(journal, "r" + i, checking);
        if (i % 100 == 50) {
          journal.roll(new byte[100]);
        }
      }
      journal.wantSync();
      await(() -> acknowledged.numbers.size() == 300);
      assertEquals(LongStream.rangeClosed(1, 300).boxed().toList(), acknowledged.numbers);
      assertEquals(0, wrong.get());
      assertTrue(journal.segments().size() >= 3);
    }
  }

  @Test
  void tellsHowLongEverySyncTook() throws IOException {
    AtomicLong bytes = new AtomicLong();
    try (Journal journal = open(Duration.ZERO, LONG)) {
      journal.observe((nanos, synced) -> bytes.addAndGet(nanos > 0 ? synced : 0));
      appendSynced(journal, "abc");
      assertEquals(RecordFormat.HEADER_BYTES + 3, bytes.get());
    }
  }

  private Thread.State syncerState() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !others.contains(thread))
        .filter(thread -> thread.getName().equals("journal-sync"))
        .map(Thread::getState)
        .findAny()
        .orElse(Thread.State.TERMINATED);
  }
}
