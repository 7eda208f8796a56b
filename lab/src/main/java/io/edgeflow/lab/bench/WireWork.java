package io.edgeflow.lab.bench;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.SimulatedPoint;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Both sides of {@link WireBench}: minutes of the simulated plant in frames, one frame a minute as
 * a gateway would cut them, and the same readings as single messages.
 */
final class WireWork {
  private static final long MILLI = 1_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final WindowRule RULE = new WindowRule(MINUTE, 2 * SECOND);
  private static final long START = 29_394_540L * MINUTE;
  private static final int MOST_JITTER_MILLIS = 5;

  private final List<SimulatedPoint> points;
  private final List<SeriesEntry> series = new ArrayList<>();
  private final int minutes;
  private long messageBytes;

  /**
   * @param frames bytes per window
   * @param messages bytes per window
   */
  record Cost(double frames, double messages) {
    double ratio() {
      return messages / frames;
    }
  }

  WireWork(int count, int minutes) {
    this.minutes = minutes;
    this.points =
        PlantLayout.of(7, count, Duration.ofHours(1)).sensors().stream()
            .limit(count)
            .sorted(Comparator.comparing(SimulatedPoint::series))
            .toList();
    points.forEach(p -> series.add(new SeriesEntry(p.series(), Kind.GAUGE, p.unit())));
  }

  /**
   * @param sensor how a sensor reports a quantity: rounded, or as it is
   */
  Cost cost(DoubleUnaryOperator sensor) {
    SplittableRandom random = new SplittableRandom(11);
    int[] phases = points.stream().mapToInt(p -> random.nextInt(1_000)).toArray();
    messageBytes = 0;
    long frameBytes = 0;
    for (int minute = 0; minute < minutes; minute++) {
      frameBytes += FrameCodec.encode(frame(minute, phases, random, sensor)).length;
    }
    double windows = (double) minutes * points.size();
    return new Cost(frameBytes / windows, messageBytes / windows);
  }

  private Frame frame(
      int minute, int[] phases, SplittableRandom random, DoubleUnaryOperator sensor) {
    long start = START + minute * MINUTE;
    Windower windower = new Windower(RULE);
    List<WindowRow> rows = new ArrayList<>();
    long readings = 0;
    for (int i = 0; i < points.size(); i++) {
      for (int second = 0; second < 60; second++) {
        long millis = second * 1_000L + phases[i] + random.nextInt(MOST_JITTER_MILLIS);
        long time = start + Math.min(millis, 59_999) * MILLI;
        double value = sensor.applyAsDouble(points.get(i).signal().at(time));
        windower.fold(i, time, value, Quality.GOOD, 0);
        messageBytes += message(points.get(i).series(), time, value);
      }
      rows.add(new WindowRow(i, windower.take(i, start)));
      readings += rows.getLast().window().count();
    }
    FrameId id = new FrameId(new Incarnation(1, 2), Lane.WINDOW, minute + 1L);
    return new Frame(
        "pi-7",
        id,
        start + MINUTE + 2 * SECOND,
        readings,
        readings * (minute + 1),
        series,
        rows,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The bytes of one PUBLISH of MQTT 3.1.1 with QoS 1; TCP and the answer not counted. */
  private static int message(String name, long time, double value) {
    String topic = "sensors/" + name;
    String payload = "{\"value\":" + value + ",\"ts\":" + time / MILLI + "}";
    int rest = 2 + utf8(topic) + 2 + utf8(payload);
    return (rest > 127 ? 3 : 2) + rest;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
