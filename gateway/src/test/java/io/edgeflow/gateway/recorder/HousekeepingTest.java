package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that are full, and a journal that is: J1, J10. */
final class HousekeepingTest {
  @TempDir Path temp;

  @Test
  void takesReadingsOnWhereTheBudgetIsSmallerThanASegment() throws Exception {
    try (Edge edge = Edge.withBudget(temp.resolve("a"), 48 << 10)) {
      for (int i = 0; i < 10; i++) {
        edge.awaitSafe(repeated(edge, 1_000));
        edge.pass(6 * SECOND);
      }
    }
  }

  @Test
  void beginsASegmentAlthoughVerdictsKeepComing() throws Exception {
    FaultyDisk disk = new FaultyDisk(new NioDisk());
    CountDownLatch syncing = new CountDownLatch(1);
    CountDownLatch stalled = new CountDownLatch(1);
    try (Edge edge = Edge.withRareCommits(temp.resolve("a"), disk)) {
      OutgoingFrame frame = numberedFrame(edge);
      disk.fault(operation -> stall(operation, syncing, stalled));
      Submission full = repeated(edge, 6_000);
      syncing.await();
      edge.figures();
      edge.figures();
      edge.deliver(frame.id());
      stalled.countDown();

      edge.awaitSafe(full);
      edge.awaitSafe(repeated(edge, 1));
    } finally {
      stalled.countDown();
    }
  }

  @Test
  void knowsAfterARestartWhichFramesItNoLongerHolds() throws Exception {
    Path directory = temp.resolve("a");
    FrameId id;
    try (Edge edge = Edge.withBudget(directory, 200 << 10)) {
      OutgoingFrame frame = numberedFrame(edge);
      id = frame.id();
      edge.deliver(id);
      // Tight, but for what the edge keeps for its own work.
      while (edge.recorder.journalBytes() < 145 << 10) {
        // No time passes, or room would be made meanwhile, again and again where syncs are slow.
        Edge.await("it is safe", repeated(edge, 1_000)::safe);
      }
      edge.pass(6 * SECOND);
      Edge.await("its segment is deleted", () -> !readable(edge, frame));
    }
    try (Edge edge = Edge.withBudget(directory, 200 << 10)) {
      Acknowledgement nothing =
          Verdicts.acknowledgement(true, new IncarnationVerdicts(id.incarnation(), List.of()));
      edge.recorder.outbox().reconcile(nothing).join();

      LaneFigures lane = Objects.requireNonNull(edge.figures().lanes().get(Lane.WINDOW));
      assertEquals(1, lane.dropped().frames());
    }
  }

  private static OutgoingFrame numberedFrame(Edge edge) {
    edge.publishSafely("pump-7/flow", 1, START_MICROS);
    edge.closeWindows();
    return edge.announced.values().iterator().next();
  }

  /** The same reading many times: much to write, and nothing to number but the first. */
  private static Submission repeated(Edge edge, int times) {
    String reading = "{\"value\":7,\"ts\":" + START_MICROS / 1000 + "},";
    String all = reading.repeat(times);
    return edge.publish("pump-7/level", "[" + all.substring(0, all.length() - 1) + "]");
  }

  private static boolean readable(Edge edge, OutgoingFrame frame) {
    try {
      return edge.recorder.outbox().read(frame).length > 0;
    } catch (IOException gone) {
      return false;
    }
  }

  private static void stall(Operation operation, CountDownLatch begun, CountDownLatch end) {
    if (operation == Operation.FORCE) {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
