package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static io.edgeflow.gateway.recorder.Outage.MINUTE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The power goes at random moments while frames are sealed, coarsened, dropped and their files
 * deleted (J1, J8, J10): nothing acknowledged is lost, and nothing is there twice. Repeat one run
 * with -Dedgeflow.space.seed, run more with -Dedgeflow.space.cuts.
 */
@Execution(ExecutionMode.CONCURRENT)
final class SpacePowerCutTest {
  private static final Logger LOG = LoggerFactory.getLogger(SpacePowerCutTest.class);
  private static final Path DIRECTORY = Path.of("/journal");
  private static final int RUNS = Integer.getInteger("edgeflow.space.cuts", 8);
  private static final long BUDGET = 512 << 10;
  private static final int SERIES = 60;
  private static final long SECOND = 1_000_000;
  private static final long PATIENCE_NANOS = 50_000_000;

  @Test
  void losesNothingAcknowledgedAndDoublesNothing() throws Exception {
    long first = Long.getLong("edgeflow.space.seed", new Random().nextLong(1L << 40));
    LOG.info("seeds {} to {}", first, first + RUNS - 1);
    long coarse = 0;
    for (long seed = first; seed < first + RUNS; seed++) {
      LaneFigures end = new Run(seed).live();
      LOG.info("seed {} {}", seed, end);
      coarse += end.coarse().frames();
    }
    assertTrue(coarse > 0, "nothing was ever coarsened: the test cuts too early");
  }

  /** Some lives of one directory, each ended by a power cut or a kill. */
  private static final class Run {
    private final SplittableRandom random;
    private final ForgetfulDisk disk = new ForgetfulDisk();
    private final FaultyDisk faulty = new FaultyDisk(disk);
    private final Outage outage;
    private final String name;
    private long published;
    private long safe;

    Run(long seed) {
      random = new SplittableRandom(seed);
      outage = new Outage(new Random(seed), SERIES);
      name = "seed " + seed;
    }

    LaneFigures live() throws Exception {
      for (int life = 0; life < 5; life++) {
        disk.cutAfter(200 + random.nextInt(2_500));
        if (random.nextInt(3) > 0) {
          makeFaulty();
        }
        work();
        faulty.heal();
        if (random.nextInt(3) == 0) {
          disk.kill();
        } else {
          disk.restart(random);
        }
      }
      try (Edge edge = open()) {
        edge.awaitQuiet();
        EdgeFigures figures = edge.figures();
        String where = name + ": " + published + " published, " + safe + " safe, " + figures;
        assertTrue(figures.accepted() >= safe, where);
        assertTrue(figures.accepted() <= published, where);
        Outage.assertBalanced(figures, where);
        Outage.assertEachReadingOnce(edge, where);
        return Outage.lane(figures, Lane.WINDOW);
      }
    }

    /**
     * Syncs of the journal take their time, so that whoever does not wait for them is found out;
     * and now and then something fails.
     */
    private void makeFaulty() {
      SplittableRandom faults = random.split();
      faulty.fault(
          operation -> {
            int chance;
            synchronized (faults) {
              chance = faults.nextInt(400);
            }
            boolean writing = operation == Operation.FORCE || operation == Operation.WRITE;
            if (writing && chance == 0) {
              throw new IOException("a fault of this test");
            }
            boolean journal = Thread.currentThread().getName().equals("journal-sync");
            if (operation == Operation.FORCE && journal && chance < 100) {
              LockSupport.parkNanos(3_000_000);
            }
          });
    }

    private Edge open() throws IOException {
      return Edge.withBudget(
          DIRECTORY, faulty, BUDGET, START_MICROS + (outage.minutes() + 1) * MINUTE);
    }

    /** Until the power is off. */
    private void work() throws Exception {
      Edge edge;
      try {
        edge = open();
      } catch (IOException powerOff) {
        return;
      }
      while (!disk.isOff()) {
        Submission submission = outage.minute(edge);
        published += SERIES;
        await(submission, edge);
        safe += submission.safe() ? SERIES : 0;
        edge.pass(MINUTE);
      }
      edge.recorder.close();
      // Its last submission may have become safe after all.
    }

    /**
     * Until it is safe or the power is off. After a fault, room is looked for again as time passes,
     * and time stands still while nobody moves it on.
     */
    private void await(Submission submission, Edge edge) {
      long patience = System.nanoTime() + PATIENCE_NANOS;
      while (!submission.safe() && !disk.isOff()) {
        if (System.nanoTime() > patience) {
          edge.pass(SECOND);
          patience = System.nanoTime() + PATIENCE_NANOS;
        }
        Thread.onSpinWait();
      }
    }
  }
}
