package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.Reserve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * J9: the disk is full to the last byte, at every moment in turn, and the process is killed then,
 * also while it starts again. Repeat a run with -Dedgeflow.journal.seed.
 */
final class FullDiskTest {
  private static final Logger LOG = LoggerFactory.getLogger(FullDiskTest.class);
  private static final Path DIRECTORY = Path.of("/data/journal");
  private static final Path RESERVE = Path.of("/data/reserve");

  /** Covers what may be unsynced here, twice, and the headers of the segments of a few starts. */
  private static final long RESERVE_BYTES = 48 << 10;

  private static final long STRIDE = 409;
  private static final long LARGEST = 40 << 10;
  private static final long MUCH = 1 << 20;

  @Test
  void startsOnAFullDiskWithEverythingAcknowledgedAndGoesOnWhenRoomReturns() throws IOException {
    long seed = Long.getLong("edgeflow.journal.seed", new Random().nextLong(1L << 40));
    LOG.info("seed {}", seed);
    int runs = 0;
    int full = 0;
    int stuck = 0;
    for (long room = seed % STRIDE; room < LARGEST; room += STRIDE) {
      runs++;
      Run run = new Run(seed, room);
      full += run.fill() ? 1 : 0;
      stuck += run.needsRoom() ? 1 : 0;
      run.restartFull();
      run.goOn();
    }
    assertTrue(full > runs / 2, "full only " + full + " times of " + runs);
    assertTrue(stuck > runs / 2, "of " + runs + " only " + stuck + " starts needed the reserve");
  }

  @Test
  void aDiskThatIsFullWithoutAReserveFailsTheStartAndLosesNothing() throws IOException {
    Run run = new Run(1, 20_000);
    assertTrue(run.fill());
    assertTrue(run.needsRoom());
    run.disk.capacity(MUCH);
    run.open(LastRoom.NONE).close();
  }

  private static final class Run {
    private final SplittableRandom random;
    private final FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());
    private final AcknowledgedLog log;
    private final String name;

    Run(long seed, long room) throws IOException {
      name = "seed " + seed + " room " + room;
      random = new SplittableRandom(seed + room);
      log = new AcknowledgedLog(name);
      assertTrue(reserve().restore(), name);
      disk.capacity(disk.used() + room);
    }

    private Reserve reserve() {
      return Reserve.at(disk, RESERVE, RESERVE_BYTES, 0);
    }

    private Journal open(LastRoom room) throws IOException {
      RecordingReplay replay = new RecordingReplay();
      Journal journal = Journal.open(settings(DIRECTORY), disk, replay, room);
      log.assertHolds(replay);
      return journal;
    }

    /** Appends until nothing more can be synced, and is killed. True if that came. */
    boolean fill() {
      try (Journal journal = open(LastRoom.NONE)) {
        for (int step = 0; step < 60 && healthy(journal); step++) {
          step(journal);
        }
        boolean full = !healthy(journal);
        kill();
        return full;
      } catch (IOException e) {
        kill();
        return true; // Not even the first segment fitted.
      } finally {
        disk.heal();
      }
    }

    private void step(Journal journal) {
      int most = random.nextInt(6);
      for (int i = 0; i < most; i++) {
        log.append(journal, random.nextInt(random.nextInt(6) == 0 ? 2000 : 60));
      }
      if (random.nextInt(8) == 0) {
        log.roll(journal, random.nextInt(1000));
      }
      settle(journal);
    }

    private void settle(Journal journal) {
      long target = journal.lastNumber();
      journal.wantSync();
      Journals.await(() -> journal.syncedNumber() >= target || !healthy(journal));
    }

    private static boolean healthy(Journal journal) {
      return !(journal.health() instanceof JournalHealth.Failing);
    }

    /** Nothing it does from now on has an effect. */
    private void kill() {
      disk.fault(
          operation -> {
            throw new IOException("killed");
          });
    }

    /** Whether a start would fail without the reserve. Others have taken the rest of the room. */
    boolean needsRoom() throws IOException {
      disk.capacity(disk.used());
      try {
        Journal journal = open(LastRoom.NONE);
        kill();
        journal.close();
        return false;
      } catch (IOException full) {
        assertTrue(String.valueOf(full.getMessage()).contains("No space left"), name);
        return true;
      } finally {
        disk.heal();
      }
    }

    /** Starts that are killed on the way, and then one that is not. */
    void restartFull() throws IOException {
      for (int i = 0; i < 3; i++) {
        killedStart(random.nextInt(25));
      }
      try (Journal journal = open(reserve()::giveUp)) {
        log.append(journal, 200);
        if (reserve().bytes() == 0) {
          settle(journal);
          assertTrue(healthy(journal), name);
          assertEquals(journal.lastNumber(), journal.syncedNumber(), name);
        }
        kill();
      } finally {
        disk.heal();
      }
    }

    private void killedStart(int operations) {
      AtomicLong left = new AtomicLong(operations);
      disk.fault(
          operation -> {
            if (operation != Operation.LIST && left.getAndDecrement() <= 0) {
              throw new IOException("killed");
            }
          });
      try (Journal journal = open(reserve()::giveUp)) {
        log.append(journal, 100);
        settle(journal);
        kill();
      } catch (IOException killed) {
        // As it should be.
      } finally {
        disk.heal();
      }
    }

    void goOn() throws IOException {
      disk.capacity(disk.used() + MUCH);
      Reserve reserve = reserve();
      try (Journal journal = open(reserve::giveUp)) {
        log.append(journal, 5000);
        settle(journal);
        assertTrue(healthy(journal), name);
        assertTrue(reserve.restore(), name);
      }
      open(LastRoom.NONE).close();
    }
  }
}
