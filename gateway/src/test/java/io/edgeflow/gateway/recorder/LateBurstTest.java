package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.wire.frame.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T4: a hundred thousand readings of the past day arrive within a second, as when a logger is read
 * out. They become as few frames as hold their windows, not thousands.
 */
final class LateBurstTest {
  private static final int READINGS = 100_000;
  private static final int PER_MESSAGE = 500;
  private static final int MINUTES = 1_440;

  /** Rows that a frame holds at most. */
  private static final int ROWS = 2_048;

  @TempDir private Path directory;
  private final Set<Long> windows = new HashSet<>();

  @Test
  void ofOneSeriesIsOneFrame() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      assertEquals(1, burst(edge, 1, 1));
    }
  }

  @Test
  void ofManySeriesIsNoMoreFramesThanHoldItsWindows() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      int frames = burst(edge, 200, 1);
      assertTrue(windows.size() > 65_536, "not more than may be open at once");
      assertTrue(frames <= windows.size() / ROWS + 10, () -> frames + " frames");
    }
  }

  /** What trickles in for half a minute is still sent together, a window length after it began. */
  @Test
  void thatTakesHalfAMinuteIsNoMoreFramesEither() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      int frames = burst(edge, 20, 30);
      assertTrue(frames <= windows.size() / ROWS + 1, () -> frames + " frames");
    }
  }

  /**
   * What a logger kept in order is due as soon as it is read. It does not gather in memory until it
   * has lingered: here no time passes at all.
   */
  @Test
  void thatIsDueAtOnceTakesNoMoreMemoryThanSomeFrames() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      for (int hour = 24; hour > 0; hour--) {
        for (int series = 0; series < 50; series++) {
          edge.awaitSafe(hourOf(edge, series, hour));
        }
        long open = edge.figures().pending();
        assertTrue(open <= 20_000, () -> open + " windows are open");
      }
      assertTrue(edge.figures().folded() > 50_000, "nothing was numbered");
    }
  }

  /** Windows that close one after the other wait for each other, and share a frame. */
  @Test
  void windowsThatCloseOneAfterTheOtherShareAFrame() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.pass(50 * SECOND);
      edge.publishSafely("pump/a", 1, START_MICROS + 50 * SECOND);
      edge.publishSafely("pump/b", 1, START_MICROS + 50 * SECOND);
      edge.pass(15 * SECOND);
      edge.publishSafely("pump/a", 2, START_MICROS + 65 * SECOND);
      edge.pass(SECOND / 10);
      edge.awaitRound();
      edge.publishSafely("pump/b", 2, START_MICROS + 65 * SECOND);
      edge.pass(SECOND / 10);
      edge.awaitRound();
      assertEquals(0, edge.announced.size(), "did not wait for its neighbour");

      edge.pass(SECOND);
      Edge.await("the minute is told", () -> !edge.announced.isEmpty());
      assertEquals(
          List.of(2), edge.frames().values().stream().map(f -> f.windows().size()).toList());
    }
  }

  private static Submission hourOf(Edge edge, int series, int hour) {
    StringBuilder payload = new StringBuilder("[");
    for (int minute = 0; minute < 60; minute++) {
      long stamp = START_MICROS - 60 * SECOND * (60L * hour - minute);
      payload.append(minute == 0 ? "" : ",");
      payload.append("{\"value\":1,\"ts\":").append(stamp / 1_000).append('}');
    }
    return edge.publish("logger/p" + series, payload.append(']').toString());
  }

  /**
   * @return how many frames the burst became
   */
  private int burst(Edge edge, int series, int seconds) {
    for (int i = 0; i < series; i++) {
      edge.publishSafely("logger/p" + i, 1, START_MICROS);
    }
    edge.closeWindows();
    int before = edge.announced.size();
    Random random = new Random(series);
    for (int message = 0; message < READINGS / PER_MESSAGE; message++) {
      edge.awaitSafe(publish(edge, message % series, random));
      edge.pass(seconds * SECOND * PER_MESSAGE / READINGS);
    }
    edge.closeWindows();
    assertEquals(
        READINGS,
        edge.frames().values().stream().mapToLong(Frame::readings).sum() - series,
        "readings in frames");
    return edge.announced.size() - before;
  }

  private Submission publish(Edge edge, int series, Random random) {
    StringBuilder payload = new StringBuilder("[");
    for (int i = 0; i < PER_MESSAGE; i++) {
      long minute = 1L + random.nextInt(MINUTES);
      long stamp = START_MICROS - 60 * SECOND * minute + 1_000L * random.nextInt(60_000);
      windows.add(series * 10_000L + minute);
      payload.append(i == 0 ? "" : ",");
      payload.append("{\"value\":").append(random.nextInt(1_000));
      payload.append(",\"ts\":").append(stamp / 1_000).append('}');
    }
    return edge.publish("logger/p" + series, payload.append(']').toString());
  }
}
