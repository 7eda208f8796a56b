package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the tests of the journal share. */
final class Journals {
  static final String EDGE = "pi-7";

  private Journals() {}

  static JournalSettings settings(Path directory) {
    return settings(directory, Duration.ofMillis(1), Duration.ofMinutes(10));
  }

  static JournalSettings settings(Path directory, Duration commit, Duration idle) {
    return new JournalSettings(directory, EDGE, commit, idle, 1 << 20);
  }

  static long append(Journal journal, String text, @Nullable Durable waiter) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return journal.append(7, payload, 0, payload.length, waiter);
  }

  /** Appends and waits until it is synced. */
  static LogPosition appendSynced(Journal journal, String text) {
    Acknowledged acknowledged = new Acknowledged();
    long number = append(journal, text, acknowledged);
    journal.wantSync();
    await(() -> acknowledged.numbers.contains(number));
    return acknowledged.positions.getLast();
  }

  static RecordingReplay replay(JournalSettings settings, Disk disk) throws IOException {
    RecordingReplay replay = new RecordingReplay();
    Journal.open(settings, disk, replay).close();
    return replay;
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still waiting after 20 s");
      }
      LockSupport.parkNanos(50_000);
    }
  }

  /** A waiter that keeps what it was called with. */
  static final class Acknowledged implements Durable {
    final List<Long> numbers = new CopyOnWriteArrayList<>();
    final List<LogPosition> positions = new CopyOnWriteArrayList<>();

    @Override
    public void durable(long number, LogPosition position) {
      positions.add(position);
      numbers.add(number);
    }
  }
}
