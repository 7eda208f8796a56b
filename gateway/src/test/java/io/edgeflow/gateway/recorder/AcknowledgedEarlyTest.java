package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds although the promise is off: J5, and the bounds of A2. */
@Timeout(120)
final class AcknowledgedEarlyTest {
  private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedEarlyTest.class);
  private static final int CUTS = Integer.getInteger("edgeflow.early.cuts", 40);

  @TempDir Path temp;

  private final FaultyDisk disk = new FaultyDisk(new NioDisk());
  private final CountDownLatch stalled = new CountDownLatch(1);

  /** A minute between two syncs: whoever waited for one would not pass this test. */
  @Test
  void doesNotWaitForTheSync() throws Exception {
    try (Edge edge = Edge.acknowledgingEarly(temp.resolve("a"), disk, Duration.ofMinutes(1))) {
      // Its first round writes the time down, for which nobody waits: not behind the first message.
      Edge.await(
          "the first round is over",
          () -> edge.recorder.onOwner(state -> state.vouchedMicros != 0).join());
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      // Nothing was synced before, so this is, at once; the next one a minute later.
      Edge.await("the first sync", () -> edge.recorder.unsyncedBytes() == 0);
      edge.publishSafely("pump-7/flow", 2, START_MICROS);

      assertTrue(edge.recorder.unsyncedBytes() > 0, "nothing was at risk: the test shows nothing");
    }
  }

  /** J5: readings are acknowledged, windows close, and no frame leaves before its sync ended. */
  @Test
  void letsNoFrameGoBeforeItsSync() throws Exception {
    try (Edge edge = Edge.acknowledgingEarly(temp.resolve("a"), disk, Duration.ZERO)) {
      stallSyncs();
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.betweenRounds(() -> edge.pass(130 * SECOND));
      Edge.await("the window is numbered", () -> numbered(edge, () -> edge.pass(SECOND / 10)));

      assertEquals(Map.of(), edge.announced, "a frame went out although nothing is synced");
      stalled.countDown();
      edge.awaitAnnounced();
      assertEquals(1, edge.announced.size());
    } finally {
      stalled.countDown();
    }
  }

  private static boolean numbered(Edge edge, Runnable otherwise) {
    if (edge.figures().folded() == 1) {
      return true;
    }
    otherwise.run();
    return false;
  }

  /** A2: a disk that stalls ends the early word, or a power cut could take without bound. */
  @Test
  void acknowledgesNothingEarlyWhileTheDiskStalls() throws Exception {
    try (Edge edge = Edge.acknowledgingEarly(temp.resolve("a"), disk, Duration.ZERO)) {
      stallSyncs();
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      Edge.await(
          "the stall is noticed",
          () -> edge.recorder.journalHealth() instanceof JournalHealth.Stalled);
      Submission late = edge.publish("pump-7/flow", 2, START_MICROS + SECOND);
      awaitTaken(edge);

      assertFalse(late.settled(), "acknowledged while the disk stalled");
      stalled.countDown();
      edge.awaitSafe(late);
    } finally {
      stalled.countDown();
    }
  }

  @Test
  void acknowledgesNothingEarlyWhileSyncsFail() throws Exception {
    try (Edge edge = Edge.acknowledgingEarly(temp.resolve("a"), disk, Duration.ZERO)) {
      disk.fault(AcknowledgedEarlyTest::failForce);
      edge.publish("pump-7/flow", 1, START_MICROS);
      Edge.await(
          "the failure is noticed",
          () -> edge.recorder.journalHealth() instanceof JournalHealth.Failing);
      Submission late = edge.publish("pump-7/flow", 2, START_MICROS + SECOND);
      awaitTaken(edge);

      assertFalse(late.settled(), "acknowledged although syncs fail");
      disk.heal();
      edge.awaitSafe(late);
    }
  }

  /** Whatever could settle it early has run. */
  private static void awaitTaken(Edge edge) {
    Edge.await("it is taken", () -> edge.recorder.queued() == 0);
    edge.figures();
  }

  /**
   * J5 against power cuts at random moments: whatever was announced, and so may have left, is there
   * afterwards with the same bytes.
   */
  @Test
  void keepsEveryFrameThatMayHaveLeftThroughPowerCuts() throws Exception {
    long seed = Long.getLong("edgeflow.early.seed", new Random().nextLong(1L << 40));
    LOG.info("seed {}", seed);
    SplittableRandom random = new SplittableRandom(seed);
    int left = 0;
    for (int cut = 0; cut < CUTS; cut++) {
      left += cut(random.split(), "seed " + seed + " cut " + cut);
    }
    int all = left;
    assertTrue(all > CUTS, () -> "only " + all + " frames: the test cuts too early");
  }

  private static int cut(SplittableRandom random, String run) throws Exception {
    ForgetfulDisk forgetful = new ForgetfulDisk();
    Path directory = Path.of("/edge");
    Map<FrameId, byte[]> left = new HashMap<>();
    Edge edge = Edge.acknowledgingEarly(directory, forgetful, Duration.ofMillis(random.nextInt(4)));
    try {
      for (int minute = 0; minute < 6; minute++) {
        if (minute == 4) {
          forgetful.cutAfter(random.nextInt(30));
        }
        Submission sent = edge.publish("pump-7/flow", minute, START_MICROS + minute * 60L * SECOND);
        if (minute < 4) {
          edge.awaitSafe(sent);
        }
        for (int step = 0; step < 15; step++) {
          edge.pass(5 * SECOND);
          edge.figures();
        }
        if (minute < 4 && random.nextBoolean()) {
          edge.awaitAnnounced();
        }
        collect(edge, left);
      }
    } finally {
      edge.recorder.close();
    }
    collect(edge, left);
    forgetful.restart(random);
    try (Edge after = Edge.onDisk(directory, forgetful)) {
      Edge.await(
          run + ": every frame that left is held again",
          () -> after.announced.keySet().containsAll(left.keySet()));
      for (Map.Entry<FrameId, byte[]> frame : left.entrySet()) {
        OutgoingFrame held = Objects.requireNonNull(after.announced.get(frame.getKey()));
        if (frame.getValue().length > 0) {
          assertArrayEquals(frame.getValue(), after.recorder.outbox().read(held), run);
        }
      }
    }
    return left.size();
  }

  /** What the uplink could have read and sent by now; without bytes where the power is off. */
  private static void collect(Edge edge, Map<FrameId, byte[]> into) {
    edge.announced.forEach(
        (id, frame) -> {
          try {
            into.putIfAbsent(id, edge.recorder.outbox().read(frame));
          } catch (IOException off) {
            into.putIfAbsent(id, new byte[0]);
          }
        });
  }

  /** The bytes that a power cut can take stay bounded however much comes and however it stalls. */
  @Test
  void boundsTheBytesThatWaitForASync() throws Exception {
    try (Edge edge = Edge.acknowledgingEarly(temp.resolve("a"), disk, Duration.ofMinutes(1))) {
      stallSyncs();
      byte[] message = manyReadings();
      Edge.await(
          "much waits for a sync",
          () -> {
            var _ = offer(edge, message);
            return edge.recorder.unsyncedBytes() > 1 << 20;
          });
      for (int quiet = 0; quiet < 100; quiet++) {
        while (offer(edge, message)) {
          quiet = 0;
        }
        edge.figures(); // The owner thread has been round once more.
      }

      long bytes = edge.recorder.unsyncedBytes();
      stalled.countDown();
      assertTrue(bytes < 64 << 20, () -> bytes + " bytes are at risk");
    } finally {
      stalled.countDown();
    }
  }

  private static boolean offer(Edge edge, byte[] message) {
    return edge.recorder
        .intake()
        .offer(Submission.mqtt("sensors/pump-7/level", message, edge.nanos.get()));
  }

  /** 2 000 readings in one message: its record has about 28 kB. */
  private static byte[] manyReadings() {
    String reading = "{\"value\":7,\"ts\":" + START_MICROS / 1_000 + "},";
    String all = reading.repeat(2_000);
    return ("[" + all.substring(0, all.length() - 1) + "]").getBytes(UTF_8);
  }

  private void stallSyncs() {
    disk.fault(
        operation -> {
          if (operation == Operation.FORCE) {
            await(stalled);
          }
        });
  }

  private static void failForce(Operation operation) throws IOException {
    if (operation == Operation.FORCE) {
      throw new IOException("Input/output error");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
