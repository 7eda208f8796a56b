package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.WindowRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * T1 to T3: a clock that jumps at random, with restarts and kills in between, and boots without
 * one. Whatever it does: nothing is lost, nothing counts twice, a sensor with its own clock keeps
 * its times, and one without gets none that is years off. Repeat one run with
 * -Dedgeflow.clock.seed, run more with -Dedgeflow.clock.runs.
 */
@Timeout(300)
final class ClockTortureTest {
  private static final Logger LOG = LoggerFactory.getLogger(ClockTortureTest.class);
  private static final int RUNS = Integer.getInteger("edgeflow.clock.runs", 15);
  private static final int STEPS = 60;
  private static final long MINUTE = 60 * SECOND;
  private static final long YEAR = 8_766 * 60 * MINUTE;

  @TempDir Path temp;

  @Test
  void losesDoublesAndMisplacesNothing() throws Exception {
    long first = Long.getLong("edgeflow.clock.seed", new Random().nextLong(1L << 40));
    LOG.info("seeds {} to {}", first, first + RUNS - 1);
    long jumps = 0;
    for (long seed = first; seed < first + RUNS; seed++) {
      jumps += new Run(seed, temp.resolve("run" + seed)).live();
    }
    long all = jumps;
    assertTrue(all > 2L * RUNS, () -> "only " + all + " jumps: the test shows nothing");
  }

  private static final class Run {
    private final String name;
    private final SplittableRandom random;
    private final Path folder;
    private final boolean battery;
    private final Map<Long, Long> stamped = new TreeMap<>();
    private Edge edge;
    private int lives;
    private long trueMicros = START_MICROS;
    private long wallOffset;
    private long unstamped;
    private long uncertain;
    private long offMicros;
    private long jumps;

    Run(long seed, Path folder) throws IOException {
      this.name = "seed " + seed;
      this.random = new SplittableRandom(seed);
      this.folder = folder;
      this.battery = random.nextBoolean();
      this.edge = Edge.waking(directory(), trueMicros, OsSync.YES);
    }

    private Path directory() {
      return folder.resolve("life" + lives);
    }

    long live() throws Exception {
      try {
        pass(1); // Somebody has vouched for a time, and the journal knows it.
        for (int step = 0; step < STEPS; step++) {
          act();
          pass(1 + random.nextInt(20));
          publish();
        }
        mend();
        edge.closeWindows();
        check();
      } finally {
        edge.close();
      }
      return jumps;
    }

    private void act() throws Exception {
      switch (random.nextInt(12)) {
        case 0 -> jump(10 * YEAR);
        case 1 -> jump(-60 * MINUTE);
        case 2 -> jump(-trueMicros);
        case 3, 4 -> mend();
        case 5 -> restart(true);
        case 6 -> restart(false);
        default -> {}
      }
    }

    /**
     * A clock that nobody believes may be set by a person to anything plausible (T1), so only one
     * that is believed goes wrong in a way that looks right. 1970 never looks right.
     */
    private void jump(long by) {
      if (!believed() && by != -trueMicros) {
        return;
      }
      wallOffset = by;
      jumps++;
      set(OsSync.NO);
    }

    /** The system's own daemon finds the time again. */
    private void mend() {
      wallOffset = 0;
      set(OsSync.YES);
    }

    private void set(OsSync os) {
      edge.betweenRounds(
          () -> {
            edge.os.set(os);
            edge.wallMicros.set(trueMicros + wallOffset);
          });
      pass(2);
    }

    private void pass(int seconds) {
      trueMicros += seconds * SECOND;
      edge.betweenRounds(() -> edge.pass(seconds * SECOND));
      edge.awaitRound();
      edge.awaitRound();
      unstamped += 4; // The probes of two rounds.
      uncertain += believed() ? 0 : 4;
    }

    private boolean believed() {
      return edge.recorder.clock().join().believed();
    }

    /** Off for a while; a machine without a battery for its clock begins with none. */
    private void restart(boolean clean) throws Exception {
      long off = random.nextInt(600) * SECOND;
      Edge.await("all is synced", () -> edge.recorder.unsyncedBytes() == 0);
      Path before = directory();
      lives++;
      if (clean) {
        edge.close();
        Edge.copy(before, directory());
      } else {
        edge.copyAsKilled(before, directory());
        edge.close();
      }
      trueMicros += off;
      offMicros += off;
      long unset = random.nextInt(2) * (START_MICROS - SECOND); // 1970, or the build date.
      long wall = battery ? trueMicros + wallOffset : unset;
      wallOffset = wall - trueMicros;
      edge = Edge.waking(directory(), wall, OsSync.NO);
    }

    private void publish() {
      for (int i = random.nextInt(5); i >= 0; i--) {
        long stamp = trueMicros - random.nextInt(3) * SECOND - i;
        stamp -= stamp % 1_000;
        edge.publishSafely("pump-7/flow", random.nextDouble(), stamp);
        stamped.merge(minuteOf(stamp), 1L, Long::sum);
        edge.awaitSafe(edge.publish("pump-7/level", "7"));
        unstamped++;
        uncertain += believed() ? 0 : 1;
      }
    }

    private static long minuteOf(long micros) {
      return micros - Math.floorMod(micros, MINUTE);
    }

    private void check() {
      Map<Long, Long> found = new TreeMap<>();
      long placed = 0;
      long doubted = 0;
      for (Map.Entry<String, Window> one : windows(edge)) {
        Window window = one.getValue();
        if (one.getKey().equals("pump-7/flow")) {
          found.merge(window.startMicros(), window.count(), Long::sum);
        } else {
          placed += window.count();
          doubted += window.uncertain();
          // The line stood still while the machine was off, and a vouched time may be a minute old.
          long earliest = START_MICROS - offMicros - 3 * MINUTE;
          assertTrue(
              window.startMicros() >= earliest && window.startMicros() <= trueMicros,
              () -> name + ": a window of " + window.startMicros() + ", now is " + trueMicros);
        }
      }
      Map<Long, Long> odd = new TreeMap<>(stamped);
      found.forEach((minute, count) -> odd.merge(minute, -count, Long::sum));
      odd.values().removeIf(difference -> difference == 0);
      assertEquals(Map.of(), odd, name + ": readings with a stamp of their own, by minute");
      assertEquals(unstamped, placed, name + ": readings without a stamp");
      assertEquals(uncertain, doubted, name + ": readings of which the time is uncertain");
    }
  }

  private static List<Map.Entry<String, Window>> windows(Edge edge) {
    List<Map.Entry<String, Window>> windows = new ArrayList<>();
    for (Frame frame : edge.frames().values()) {
      for (WindowRow row : frame.windows()) {
        windows.add(Map.entry(frame.series().get(row.series()).name(), row.window()));
      }
    }
    return windows;
  }
}
