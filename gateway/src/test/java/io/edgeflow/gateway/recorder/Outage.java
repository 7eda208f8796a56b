package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A plant that sends one reading of each series in each minute while the cloud is away, and the
 * account of it: every reading is in exactly one place.
 */
final class Outage {
  static final long MINUTE = 60 * SECOND;

  private final Random random;
  private final int series;
  private long minute;

  Outage(Random random, int series) {
    this.random = random;
    this.series = series;
  }

  /** What an edge says that it holds, and what it holds, at one instant. */
  record Account(EdgeFigures figures, NavigableMap<Long, List<Window>> windows) {}

  /** One more minute. The stamps are the gateway's own, which a checkpoint need not remember. */
  Submission minute(Edge edge) {
    return minute(edge, "");
  }

  /** One more minute, which the sensor stamps. */
  Submission stampedMinute(Edge edge) {
    return minute(edge, "\"ts\":" + edge.wallMicros.get() / 1_000 + ",");
  }

  private Submission minute(Edge edge, String stamp) {
    StringBuilder payload = new StringBuilder("{" + stamp + "\"values\":{");
    for (int i = 0; i < series; i++) {
      payload.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":");
      payload.append(random.nextDouble());
    }
    minute++;
    return edge.publish("pump-7", payload + "}}");
  }

  void minutes(Edge edge, int count) {
    for (int i = 0; i < count; i++) {
      edge.awaitSafe(minute(edge));
      edge.pass(MINUTE);
    }
  }

  long minutes() {
    return minute;
  }

  /** A6, L9: received, folded, framed and what became of it, to the reading. */
  static void assertBalanced(EdgeFigures figures, String where) {
    assertEquals(
        figures.accepted(), figures.folded() + figures.duplicate() + figures.pending(), where);
    LaneFigures lane = lane(figures, Lane.WINDOW);
    assertEquals(figures.folded(), lane.framed().readings() - lane.coarse().readings(), where);
    assertEquals(lane.coarse().readings(), lane.superseded().readings(), where);
    for (Lane each : Lane.values()) {
      LaneFigures of = lane(figures, each);
      assertEquals(
          of.framed().readings(),
          of.delivered().readings()
              + of.buffered().readings()
              + of.superseded().readings()
              + of.refused().readings()
              + of.conflict().readings()
              + of.dropped().readings(),
          where);
    }
  }

  static LaneFigures lane(EdgeFigures figures, Lane lane) {
    return Objects.requireNonNull(figures.lanes().get(lane));
  }

  /**
   * Reads every frame that waits: readable, within the account, and no reading in two of them.
   *
   * @return the account of that instant and the windows by start
   */
  static Account assertEachReadingOnce(Edge edge, String where) {
    Edge.Waiting waiting = edge.waiting();
    TreeMap<Long, List<Window>> windows = new TreeMap<>();
    Map<String, Integer> minutes = new HashMap<>();
    long readings = 0;
    for (Frame frame : waiting.frames().values()) {
      for (WindowRow row : frame.windows()) {
        Window window = row.window();
        readings += window.count();
        windows.computeIfAbsent(window.startMicros(), start -> new ArrayList<>()).add(window);
        String name = frame.series().get(row.series()).name();
        for (long at = window.firstMicros(); at <= window.lastMicros(); at += MINUTE) {
          if (window.count() == 1 + (window.lastMicros() - window.firstMicros()) / MINUTE) {
            Integer before = minutes.merge(name + " " + at, 1, Integer::sum);
            assertEquals(1, before, where + ": twice " + name + " at " + at);
          }
        }
      }
    }
    assertEquals(lane(waiting.figures(), Lane.WINDOW).buffered().readings(), readings, where);
    return new Account(waiting.figures(), windows);
  }

  static void assertWithin(Edge edge, long budget) {
    long bytes = edge.recorder.journalBytes() + edge.recorder.backlogBytes();
    assertTrue(bytes <= budget, bytes + " bytes of " + budget);
  }
}
