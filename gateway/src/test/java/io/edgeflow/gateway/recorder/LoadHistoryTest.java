package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measured load outlives its process: a start can say what the budget is good for. */
final class LoadHistoryTest {
  private static final int READINGS = 200;

  @TempDir Path temp;

  @Test
  void isKnownAfterAKill() throws Exception {
    LoadSample before;
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      take(edge, READINGS);
      edge.pass(61 * SECOND);
      Edge.await("a sample is journaled", () -> journaled(edge).messages() == READINGS);
      before = journaled(edge);
      Edge.await("it is synced", () -> edge.recorder.unsyncedBytes() == 0);
      edge.copyAsKilled(temp.resolve("a"), temp.resolve("b"));
    }
    try (Edge copy = Edge.open(temp.resolve("b"))) {
      assertEquals(before, copy.recorder.load().join());
      assertEquals(READINGS, before.readings());
    }
    // What the risk report takes for a reading that comes alone: 40 bytes.
    assertEquals(40, before.messageBytes() / (double) READINGS, 4);
  }

  /** J1: it is in the checkpoint too, for the segments before it may be gone. */
  @Test
  void isKnownFromACheckpoint() {
    EdgeState state = new EdgeState(Edge.MINUTES);
    for (int hour = 0; hour < 30; hour++) {
      state.load.add(new LoadSample(hour, 2, 3, 4, 5));
    }
    LoadSample total = Checkpoint.read(Checkpoint.of(state).toBytes()).load.total();

    assertEquals(new LoadSample((6 + 29) * 24 / 2, 48, 72, 96, 120), total, "the last 24 count");
  }

  @Test
  void leavesNoRecordWhileNothingComes() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      for (int hour = 0; hour < 10; hour++) {
        edge.pass(3_600 * SECOND);
        edge.figures();
      }
      assertEquals(LoadSample.NONE, edge.recorder.load().join());
    }
  }

  /** A plant that rests at night is not a smaller plant. */
  @Test
  void leavesIdleTimeOut() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      take(edge, READINGS);
      edge.pass(100 * SECOND);
      Edge.await("a sample is journaled", () -> journaled(edge).messages() == READINGS);
      for (int hour = 0; hour < 10; hour++) {
        edge.pass(3_600 * SECOND);
        edge.figures();
        edge.figures();
      }
      assertTrue(edge.recorder.load().join().nanos() < 3_600_000_000_000L);
    }
  }

  private static void take(Edge edge, int readings) {
    for (int i = 0; i < readings; i++) {
      edge.publishSafely("pump-7/flow", i, START_MICROS + i);
    }
  }

  private static LoadSample journaled(Edge edge) {
    return edge.recorder.onOwner(state -> state.load.total()).join();
  }
}
