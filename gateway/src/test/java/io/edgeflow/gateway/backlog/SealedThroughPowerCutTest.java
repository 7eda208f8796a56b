package io.edgeflow.gateway.backlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * J8: the power goes at every operation of sealing and deleting, and the disk forgets. What was
 * sealed is whole, whatever else there may be. Repeat with -Dedgeflow.backlog.seed.
 */
final class SealedThroughPowerCutTest {
  private static final Logger LOG = LoggerFactory.getLogger(SealedThroughPowerCutTest.class);
  private static final Path DIRECTORY = Path.of("/backlog");
  private static final int TIMES = Integer.getInteger("edgeflow.backlog.cuts", 3);

  private final Plenty plenty = new Plenty(new SplittableRandom(1));

  SealedThroughPowerCutTest() {
    for (int number = 1; number <= 30; number++) {
      plenty.add(new Incarnation(1, 2), number, number % 10 == 0 ? 60_000 : 400);
    }
  }

  @Test
  void aFileThatWasSealedIsWholeAndAnyOtherIsWholeToo() throws IOException {
    long seed = Long.getLong("edgeflow.backlog.seed", new Random().nextLong(1L << 40));
    LOG.info("seed {}", seed);
    SplittableRandom random = new SplittableRandom(seed);
    int cuts = 0;
    for (int time = 0; time < TIMES; time++) {
      int after = 0;
      while (cutAfter(after, random)) {
        after++;
      }
      cuts += after;
    }
    int all = cuts;
    assertTrue(all > 80 * TIMES, () -> "only " + all + " cuts");
  }

  /** False if everything was done before the power went. */
  private boolean cutAfter(int operations, SplittableRandom random) throws IOException {
    ForgetfulDisk disk = new ForgetfulDisk();
    disk.cutAfter(operations);
    List<Long> sealed = new ArrayList<>();
    List<Long> deleted = new ArrayList<>();
    boolean cut = false;
    try {
      Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
      sealed.add(seal(backlog));
      sealed.add(seal(backlog));
      long first = sealed.removeFirst();
      backlog.delete(first);
      deleted.add(first);
    } catch (IOException thePowerIsOff) {
      cut = true;
    }
    disk.restart(random);
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    List<Long> there = backlog.files().stream().map(FileInfo::id).toList();
    String name = "after " + operations;
    assertTrue(there.containsAll(sealed), name);
    assertTrue(deleted.stream().noneMatch(there::contains), name);
    for (long file : there) {
      assertWhole(backlog, file, name);
    }
    assertWhole(backlog, seal(backlog), name);
    return cut;
  }

  private long seal(Backlog backlog) throws IOException {
    return Objects.requireNonNull(backlog.seal(Lane.EVENT, plenty.ids(), plenty).file()).id();
  }

  private void assertWhole(Backlog backlog, long file, String name) throws IOException {
    assertEquals(Soundness.SOUND, backlog.verify(file).soundness(), name);
    for (FrameId id : plenty.ids()) {
      assertArrayEquals(plenty.frames.get(id), backlog.read(file, id), name);
    }
  }
}
