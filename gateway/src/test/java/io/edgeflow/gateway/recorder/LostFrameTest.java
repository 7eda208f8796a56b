package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frame whose bytes are gone is named, counted, and not asked for again and again (J2, L9). */
final class LostFrameTest {
  @TempDir private Path directory;

  @Test
  void becomesDroppedAndIsToldAndStaysSoAfterARestart() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      OutgoingFrame window = makeWindow(edge);
      edge.recorder.outbox().lost(window).join();
      assertEquals(new LaneFigures.Amount(1, 1), windows(edge).dropped());
      assertEquals(0, windows(edge).buffered().frames());
      Edge.await("it is gone", () -> !edge.announced.containsKey(window.id()));
      edge.recorder.outbox().lost(window).join();
      assertEquals(1, windows(edge).dropped().frames());
      Edge.await(
          "somebody is told",
          () -> {
            edge.pass(Edge.SECOND);
            return edge.frames().values().stream()
                .flatMap(frame -> frame.events().stream())
                .anyMatch(event -> event.type().equals("frame-unreadable"));
          });
    }
    try (Edge edge = Edge.open(directory)) {
      assertEquals(new LaneFigures.Amount(1, 1), windows(edge).dropped());
      assertEquals(0, windows(edge).buffered().frames());
    }
  }

  /** It was moved while the uplink held its old place: that is no loss. */
  @Test
  void isNotLostIfItLiesElsewhere() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      OutgoingFrame window = makeWindow(edge);
      FramePlace before = new FramePlace.InSegment(new LogPosition(77, 1, window.bytes()));
      edge.recorder
          .outbox()
          .lost(new OutgoingFrame(window.id(), before, window.bytes(), window.readings()))
          .join();
      assertEquals(0, windows(edge).dropped().frames());
      assertFalse(edge.announced.isEmpty());
    }
  }

  private static OutgoingFrame makeWindow(Edge edge) {
    edge.publishSafely("pump/flow", 1, Edge.START_MICROS);
    edge.closeWindows();
    return edge.announced.values().stream()
        .filter(frame -> frame.id().lane() == Lane.WINDOW)
        .findFirst()
        .orElseThrow();
  }

  private static LaneFigures windows(Edge edge) {
    return Objects.requireNonNull(edge.figures().lanes().get(Lane.WINDOW));
  }
}
