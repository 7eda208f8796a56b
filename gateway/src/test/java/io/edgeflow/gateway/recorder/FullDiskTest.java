package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.Reserve;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.WindowRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * J9: others fill the disk to the last byte at any moment, and the gateway is killed then. It
 * starts, delivers what it has, records verdicts, and takes readings again when others give room
 * back. Repeat a run with -Dedgeflow.recorder.seed.
 */
final class FullDiskTest {
  private static final Logger LOG = LoggerFactory.getLogger(FullDiskTest.class);
  private static final Path DIRECTORY = Path.of("/data/journal");
  private static final Path RESERVE = Path.of("/data/reserve");
  private static final long RESERVE_BYTES = 160 << 10;
  private static final long STRIDE = 1_500;
  private static final long LARGEST = 24_000;

  @Test
  void startsAndDeliversOnAFullDiskAndTakesReadingsAgainWhenThereIsRoom() throws Exception {
    long seed = Long.getLong("edgeflow.recorder.seed", new Random().nextLong(1L << 40));
    LOG.info("seed {}", seed);
    for (long room = seed % STRIDE; room < LARGEST; room += STRIDE) {
      Run run = new Run(seed + room, RESERVE_BYTES, "seed " + seed + " room " + room);
      run.live(room);
      run.startFull();
    }
  }

  @Test
  void withoutAReserveTheStartFails() throws Exception {
    Run run = new Run(1, 0, "without");
    run.live(10_000);
    assertThrows(IOException.class, run::open);
  }

  private static final class Run {
    private final SplittableRandom random;
    private final FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());
    private final long reserveBytes;
    private final String name;
    private final Map<String, Submission> published = new HashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final Map<String, Long> delivered = new HashMap<>();
    private long nowMicros = START_MICROS;
    private int series;

    Run(long seed, long reserveBytes, String name) {
      this.random = new SplittableRandom(seed);
      this.reserveBytes = reserveBytes;
      this.name = name;
    }

    private Edge open() throws IOException {
      return Edge.withReserve(DIRECTORY, disk, nowMicros, reserveBytes, Edge.SEGMENT_BYTES);
    }

    private boolean held() {
      return Reserve.at(disk, RESERVE, reserveBytes, 0).held();
    }

    /** With so much room behind what was there at first; killed when it is full, or a bit later. */
    void live(long room) throws Exception {
      Edge edge = open();
      passUntil(edge, "the reserve is made", this::held);
      publish(edge, 20);
      edge.closeWindows();
      ballast(edge);
      disk.capacity(disk.used() + room);
      for (int round = 0; round < 40 && healthy(edge); round++) {
        publish(edge, random.nextInt(1, 30));
      }
      if (random.nextBoolean()) {
        pass(edge, random.nextInt(1, 8) * SECOND);
        publish(edge, 10);
      }
      kill(edge);
      if (held()) {
        disk.capacity(disk.used()); // Others have taken the rest.
      }
    }

    /** Much to write, and nothing to number but the first: what verdicts can free. */
    private static void ballast(Edge edge) {
      String reading = "{\"value\":7,\"ts\":" + START_MICROS / 1000 + "},";
      for (int i = 0; i < 10; i++) {
        String all = reading.repeat(1_000);
        edge.awaitSafe(edge.publish("ballast/x", "[" + all.substring(0, all.length() - 1) + "]"));
      }
    }

    /** Each in a series of its own, so that each can be found again. Waits for the journal. */
    private void publish(Edge edge, int count) {
      List<Submission> batch = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String device = "d" + series++;
        Submission submission = edge.publish(device + "/x", series, edge.wallMicros.get());
        published.put(device + "/x", submission);
        batch.add(submission);
      }
      Edge.await(
          name + ": settled, or the disk is full",
          () -> {
            pass(edge, SECOND / 20);
            return batch.stream().allMatch(Submission::settled) || !healthy(edge) || !takes(edge);
          });
    }

    private static boolean takes(Edge edge) {
      return edge.recorder.hasRoom();
    }

    private static boolean healthy(Edge edge) {
      return !(edge.recorder.journalHealth() instanceof JournalHealth.Failing);
    }

    private void kill(Edge edge) throws IOException {
      disk.fault(
          operation -> {
            throw new IOException("killed");
          });
      edge.recorder.close();
      disk.heal();
      nowMicros = edge.wallMicros.get();
      published.forEach(
          (path, submission) -> {
            if (submission.safe()) {
              acknowledged.add(path);
            }
          });
    }

    void startFull() throws Exception {
      try (Edge edge = open()) {
        Submission early = edge.publish("early/x", 1, nowMicros);
        deliver(edge);
        disk.capacity(disk.used() + 2 * RESERVE_BYTES);
        passUntil(edge, "the reserve is made again", this::held);
        // Room is looked for as time passes, and time stands still while nobody moves it on.
        passUntil(edge, "what was published early is taken", early::settled);
        edge.awaitSafe(early);
        published.put("early/x", early);
        acknowledged.add("early/x");
        disk.capacity(disk.used() + (1 << 20));
        passUntil(edge, "readings are taken", () -> takes(edge));
        publish(edge, 5);
        deliver(edge);
      }
    }

    /** Everything that waits, until all that was acknowledged has come once. */
    private void deliver(Edge edge) {
      passUntil(edge, "everything is numbered", () -> edge.figures().pending() == 0);
      edge.awaitAnnounced();
      Map<FrameId, Frame> frames = frames(edge);
      for (Frame frame : frames.values()) {
        for (WindowRow row : frame.windows()) {
          delivered.merge(frame.series().get(row.series()).name(), row.window().count(), Long::sum);
        }
      }
      for (String path : acknowledged) {
        assertEquals(1, delivered.getOrDefault(path, 0L), name + ": " + path);
      }
      delivered.forEach((path, count) -> assertEquals(1, count, name + ": " + path));
      assertFalse(frames.isEmpty(), name);
      frames.keySet().forEach(id -> edge.recorder.outbox().settle(Verdicts.committed(id)).join());
      edge.announced.keySet().removeAll(frames.keySet());
    }

    /** Wherever they lie: while it is tight they move from segments into files. */
    private Map<FrameId, Frame> frames(Edge edge) {
      Map<FrameId, Frame> frames = new HashMap<>();
      Edge.await(
          name + ": every frame is read",
          () -> {
            try {
              frames.putAll(edge.pendingFrames());
              return true;
            } catch (UncheckedIOException movedMeanwhile) {
              return false;
            }
          });
      return frames;
    }

    private void passUntil(Edge edge, String what, BooleanSupplier condition) {
      Edge.await(
          name + ": " + what,
          () -> {
            pass(edge, SECOND);
            return condition.getAsBoolean();
          });
    }

    /** One round of the owner thread at least. */
    private static void pass(Edge edge, long micros) {
      edge.pass(micros);
      edge.figures();
    }
  }
}
