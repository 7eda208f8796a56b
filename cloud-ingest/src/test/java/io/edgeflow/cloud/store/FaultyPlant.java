package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.Replaced;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What one edge sends of everything: windows, late alarms, coarse frames, and frames that have to
 * be refused; and what must be in the database when all of it has come.
 */
final class FaultyPlant {
  private static final int MINUTES = 4;
  private static final int ALARMS = 5;
  private static final double HUGE = 1.7e308;

  /**
   * @param refusal the reason for which it must be quarantined; empty if it must be committed
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, compared by nobody
  record Sent(FrameId id, byte[] bytes, String refusal) {}

  private final Plant plant;
  private final SplittableRandom random;
  private final List<Sent> frames = new ArrayList<>();
  private final Map<Long, Window> windows = new TreeMap<>();
  private final Map<String, EventRow> newest = new TreeMap<>();
  private int events;

  FaultyPlant(String edge, SplittableRandom random) {
    this.plant = new Plant(edge, random);
    this.random = random;
  }

  String edge() {
    return plant.edge();
  }

  List<Sent> frames() {
    return frames;
  }

  /** Minutes after the first, and what the series pump/flow did in them. */
  Map<Long, Window> windows() {
    return windows;
  }

  /** By alarm, what was said last. */
  Map<String, EventRow> newest() {
    return newest;
  }

  int events() {
    return events;
  }

  /** Comes before all others: what no window can be added to. */
  Frame brim() {
    return plant.windows("pump/level", brimful());
  }

  void add() {
    switch (random.nextInt(8)) {
      case 0 -> refused(plant.windows("pump/level", brimful()), "data");
      case 1 -> refused(malformed(), "malformed");
      case 2 -> coarse();
      case 3, 4 -> alarms();
      default -> good(windowFrame());
    }
  }

  private static Window brimful() {
    long start = Plant.START;
    return new Window(start, Plant.MINUTE, 2, 0, 0, 0, 1, 1, HUGE, 0, start, 1, start, 1);
  }

  /** Whole numbers: their sums are exact in any order. */
  private Frame windowFrame() {
    long minute = random.nextInt(MINUTES);
    return plant.windows("pump/flow", Plant.window(minute, random.nextInt(-9, 10)));
  }

  /** In place of frames that never come. */
  private void coarse() {
    long first = plant.windows("pump/flow", Plant.window(0, 1)).id().number();
    plant.windows("pump/flow", Plant.window(0, 1));
    good(
        Plant.coarse(
            windowFrame(), new Replaced(plant.incarnation(), Lane.WINDOW, first, first + 1)));
  }

  private void alarms() {
    EventRow[] rows = new EventRow[random.nextInt(1, 4)];
    for (int i = 0; i < rows.length; i++) {
      long time = Plant.START - (60 + random.nextInt(100)) * Plant.MINUTE;
      String alarm = "a-" + random.nextInt(ALARMS);
      String state = random.nextBoolean() ? "unacknowledged" : "normal";
      rows[i] = Plant.alarm("alarm-raised", time, alarm, "rule-" + alarm, "high", state);
      // Of one frame or of frames in their order: of equal times the last.
      newest.merge(alarm, rows[i], (one, two) -> one.timeMicros() > two.timeMicros() ? one : two);
    }
    events += rows.length;
    Frame frame = plant.events(rows);
    frames.add(new Sent(frame.id(), FrameCodec.encode(frame), ""));
  }

  private void good(Frame frame) {
    frame
        .windows()
        .forEach(
            row ->
                windows.merge(
                    (row.window().startMicros() - Plant.START) / Plant.MINUTE,
                    row.window(),
                    Window::merge));
    frames.add(new Sent(frame.id(), FrameCodec.encode(frame), ""));
  }

  private void refused(Frame frame, String reason) {
    byte[] bytes = FrameCodec.encode(frame);
    if (reason.equals("malformed")) {
      bytes[bytes.length - 8] ^= 1;
      CRC32C checksum = new CRC32C();
      checksum.update(bytes, 0, bytes.length - 4);
      ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
    }
    frames.add(new Sent(frame.id(), bytes, reason));
  }

  private Frame malformed() {
    return plant.windows("pump/flow", Plant.window(0, 1));
  }
}
