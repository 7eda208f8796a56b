package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One operation of the disk fails, or a few in a row: the first, the second, and so on until none
 * is left to fail.
 */
@Execution(ExecutionMode.CONCURRENT)
final class NthOperationFailsTest {
  private static final Path DIRECTORY = Path.of("/journal");
  private static final int MOST_OPERATIONS = 2000;

  private final AtomicLong operations = new AtomicLong();
  private AcknowledgedLog log = new AcknowledgedLog("");
  private FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());

  @ParameterizedTest
  @CsvSource({"1, false", "3, true", "7, true"})
  void losesNothingAcknowledgedWhicheverOperationFails(int inARow, boolean thenPowerCut)
      throws IOException {
    int n = 1;
    while (failsAt(n, inARow, thenPowerCut)) {
      n++;
      assertTrue(n < MOST_OPERATIONS, "the scenario never ends");
    }
    assertTrue(n > 40, "only " + n + " operations were made to fail");
  }

  /** False if the scenario ended before the n-th operation. */
  private boolean failsAt(int n, int inARow, boolean thenPowerCut) throws IOException {
    ForgetfulDisk forgetful = new ForgetfulDisk();
    disk = new FaultyDisk(forgetful);
    log = new AcknowledgedLog("operation " + n);
    operations.set(0);
    disk.fault(
        operation -> {
          if (operation == FaultyDisk.Operation.READ) {
            return; // Bytes that cannot be read are damage, of which other tests tell.
          }
          long at = operations.incrementAndGet();
          if (at >= n && at < n + inARow) {
            throw new IOException("operation " + at + " fails: " + operation);
          }
        });
    scenario();
    scenario();
    if (thenPowerCut) {
      forgetful.restart(new SplittableRandom(n));
    }
    boolean reached = operations.get() >= n;
    disk.heal();
    log.assertHolds(replay(settings(DIRECTORY), disk));
    return reached;
  }

  private void scenario() throws IOException {
    RecordingReplay replay = new RecordingReplay();
    try (Journal journal = openPatiently(replay)) {
      log.assertHolds(openedReplay);
      for (int i = 0; i < 4; i++) {
        log.append(journal, 700 * i);
        settle(journal);
      }
      log.append(journal, 10);
      log.roll(journal, 2000);
      log.append(journal, 10);
      settle(journal);
      journal.segments().forEach(segment -> journal.delete(segment.id()));
      log.append(journal, 10);
    }
  }

  private RecordingReplay openedReplay = new RecordingReplay();

  /** As a supervisor would: a start that fails is tried again. */
  private Journal openPatiently(RecordingReplay first) throws IOException {
    openedReplay = first;
    for (int attempt = 0; ; attempt++) {
      try {
        return Journal.open(settings(DIRECTORY), disk, openedReplay);
      } catch (IOException e) {
        if (attempt == 10) {
          throw e;
        }
        openedReplay = new RecordingReplay();
      }
    }
  }

  private static void settle(Journal journal) {
    long target = journal.lastNumber();
    journal.wantSync();
    Journals.await(() -> journal.syncedNumber() >= target);
  }
}
