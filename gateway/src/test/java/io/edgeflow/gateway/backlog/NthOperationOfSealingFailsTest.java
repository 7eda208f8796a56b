package io.edgeflow.gateway.backlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * J8, while one operation of the disk fails, or all from there on for a while: the first, the
 * second, and so on until none is left to fail.
 */
final class NthOperationOfSealingFailsTest {
  private static final Path DIRECTORY = Path.of("/backlog");
  private static final int MOST_OPERATIONS = 2000;

  private final Plenty plenty = new Plenty(new SplittableRandom(1));
  private final AtomicLong operations = new AtomicLong();

  NthOperationOfSealingFailsTest() {
    for (int number = 1; number <= 40; number++) {
      plenty.add(new Incarnation(1, 2), number, number % 10 == 0 ? 60_000 : 400);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "3, true", "1000000, true"})
  void losesNothingSealedAndSealsOnceItIsHealed(long inARow, boolean thenPowerCut)
      throws IOException {
    int n = 1;
    int failed = 0;
    boolean reached = true;
    while (reached) {
      Attempt attempt = new Attempt(n, inARow);
      failed += attempt.firstSeal.isEmpty() ? 1 : 0;
      reached = operations.get() >= n;
      attempt.finish(thenPowerCut);
      n++;
      assertTrue(n < MOST_OPERATIONS, "the scenario never ends");
    }
    int least = 40;
    int all = failed;
    assertTrue(all > least, () -> "only " + all + " attempts to seal failed");
  }

  /** One disk whose n-th operation fails. */
  private final class Attempt {
    private final ForgetfulDisk forgetful = new ForgetfulDisk();
    private final FaultyDisk disk = new FaultyDisk(forgetful);
    private final String name;
    private Optional<Long> firstSeal = Optional.empty();

    Attempt(long n, long inARow) throws IOException {
      name = "operation " + n;
      Backlog.open(disk, DIRECTORY, Plenty.EDGE);
      operations.set(0);
      disk.fault(
          operation -> {
            long at = operations.incrementAndGet();
            if (at >= n && at < n + inARow) {
              throw new IOException("operation " + at + " fails: " + operation);
            }
          });
      try {
        Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
        firstSeal = Optional.of(seal(backlog));
        assertReads(backlog, firstSeal.get(), inARow == 1);
      } catch (IOException refused) {
        assertTrue(!(refused instanceof FrameLost), name);
      }
    }

    private long seal(Backlog backlog) throws IOException {
      Sealed sealed = backlog.seal(Lane.EVENT, plenty.ids(), plenty);
      assertEquals(List.of(), sealed.unreadable(), name);
      return Objects.requireNonNull(sealed.file()).id();
    }

    /** A failing disk may refuse a frame for the moment, but nothing is called lost for that. */
    private void assertReads(Backlog backlog, long file, boolean onlyOnce) throws IOException {
      for (FrameId id : plenty.ids()) {
        try {
          assertArrayEquals(plenty.frames.get(id), backlog.read(file, id), name);
        } catch (IOException refused) {
          assertTrue(!(refused instanceof FrameLost), () -> name + ": " + refused);
          if (onlyOnce) {
            assertArrayEquals(plenty.frames.get(id), backlog.read(file, id), name);
          }
        }
      }
    }

    void finish(boolean thenPowerCut) throws IOException {
      disk.heal();
      if (thenPowerCut) {
        forgetful.restart(new SplittableRandom(name.hashCode()));
      }
      Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
      List<Long> before = backlog.files().stream().map(FileInfo::id).toList();
      assertTrue(firstSeal.isEmpty() || before.contains(firstSeal.get()), name);
      assertTrue(before.size() <= 1, name + " left " + before);
      for (long file : before) {
        assertWhole(backlog, file);
      }
      assertWhole(backlog, seal(backlog));
      assertEquals(before.size() + 1, disk.list(DIRECTORY).size(), name + " left something");
    }

    private void assertWhole(Backlog backlog, long file) throws IOException {
      Contents contents = backlog.verify(file);
      assertEquals(Soundness.SOUND, contents.soundness(), name);
      assertEquals(
          plenty.ids().stream().map(plenty::sealed).toList(), contents.file().frames(), name);
      for (FrameId id : plenty.ids()) {
        assertArrayEquals(plenty.frames.get(id), backlog.read(file, id), name);
      }
    }
  }
}
