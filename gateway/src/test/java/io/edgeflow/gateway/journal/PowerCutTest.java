package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The power goes at random moments, also during recovery, and on a disk whose syncs sometimes fail.
 * Repeat one run with -Dedgeflow.journal.seed, run more with -Dedgeflow.journal.cuts.
 */
@Execution(ExecutionMode.CONCURRENT)
final class PowerCutTest {
  private static final Logger LOG = LoggerFactory.getLogger(PowerCutTest.class);
  private static final Path DIRECTORY = Path.of("/journal");
  private static final int RUNS = Integer.getInteger("edgeflow.journal.cuts", 300);

  @Test
  void losesNothingAcknowledgedAndDoublesNothing() throws IOException {
    long first = Long.getLong("edgeflow.journal.seed", new Random().nextLong(1L << 40));
    LOG.info("seeds {} to {}", first, first + RUNS - 1);
    long acknowledged = 0;
    for (long seed = first; seed < first + RUNS; seed++) {
      acknowledged += new Run(seed).live();
    }
    long least = RUNS;
    long all = acknowledged;
    assertTrue(all > least, () -> "only " + all + " acknowledged: the test cuts too early");
  }

  /**
   * Four lives of one journal, each ended by a power cut or a kill, the last one by a power cut.
   */
  private static final class Run {
    private final SplittableRandom random;
    private final ForgetfulDisk forgetful = new ForgetfulDisk();
    private final FaultyDisk disk = new FaultyDisk(forgetful);
    private final AcknowledgedLog log;
    private final boolean faulty;

    Run(long seed) {
      random = new SplittableRandom(seed);
      faulty = random.nextInt(3) == 0;
      log = new AcknowledgedLog("seed " + seed);
    }

    long live() throws IOException {
      for (int life = 0; life < 4; life++) {
        forgetful.cutAfter(random.nextInt(120));
        makeFaulty();
        work();
        end();
      }
      forgetful.restart(random);
      disk.heal();
      RecordingReplay replay = new RecordingReplay();
      Journal.open(settings(DIRECTORY), disk, replay).close();
      log.assertHolds(replay);
      return log.acknowledged();
    }

    /** A killed process leaves what the next one sees but the disk may never have got. */
    private void end() {
      if (random.nextInt(3) == 0) {
        forgetful.kill();
      } else {
        forgetful.restart(random);
      }
    }

    private void makeFaulty() {
      SplittableRandom faults = random.split();
      disk.fault(
          operation -> {
            boolean writing = operation == Operation.FORCE || operation == Operation.WRITE;
            synchronized (faults) {
              if (faulty && writing && faults.nextInt(8) == 0) {
                throw new IOException("a fault of this test");
              }
            }
          });
    }

    /** Until the power is off. */
    private void work() throws IOException {
      RecordingReplay replay = new RecordingReplay();
      Journal opened;
      try {
        opened = Journal.open(settings(DIRECTORY), disk, replay);
      } catch (IOException e) {
        return;
      }
      try (Journal journal = opened) {
        log.assertHolds(replay);
        for (int step = 0; !forgetful.isOff() && step < 400; step++) {
          step(journal);
        }
        forgetful.cutAfter(0);
      }
    }

    private void step(Journal journal) {
      switch (random.nextInt(20)) {
        case 0 -> log.roll(journal, random.nextInt(3000));
        case 1 -> deleteOne(journal);
        case 2, 3 -> awaitSome(journal);
        default -> log.append(journal, random.nextInt(random.nextInt(8) == 0 ? 2000 : 60));
      }
      if (random.nextBoolean()) {
        journal.wantSync();
      }
    }

    private void deleteOne(Journal journal) {
      List<SegmentInfo> segments = journal.segments();
      if (!segments.isEmpty()) {
        journal.delete(segments.get(random.nextInt(segments.size())).id());
      }
    }

    private void awaitSome(Journal journal) {
      long target = journal.lastNumber();
      journal.wantSync();
      Journals.await(() -> journal.syncedNumber() >= target || forgetful.isOff());
    }
  }
}
