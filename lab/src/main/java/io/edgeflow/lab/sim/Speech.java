package io.edgeflow.lab.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Whose turn it is to say something, and when. One thread; times are since the start. */
final class Speech {
  private final List<Sensor> sensors;
  private final long gapNanos;
  private final Optional<Duration> garbageEvery;
  private long spoken;
  private long garbage;

  private Speech(List<Sensor> sensors, PublisherSettings settings) {
    this.sensors = sensors;
    this.gapNanos = settings.gapNanos();
    this.garbageEvery = settings.garbageEvery();
  }

  static Speech of(List<SimulatedPoint> points, PublisherSettings settings) {
    Map<String, List<SimulatedPoint>> grouped = new LinkedHashMap<>();
    for (SimulatedPoint point : points) {
      boolean together = point.form() == PayloadForm.TOGETHER;
      grouped
          .computeIfAbsent(together ? point.device() : point.series(), g -> new ArrayList<>())
          .add(point);
    }
    return new Speech(grouped.values().stream().map(Sensor::new).toList(), settings);
  }

  /**
   * Everything that is due, as long as there is room. Sensors that had none for more than a second
   * do not make up for it in one burst.
   */
  List<OutgoingMessage> due(long elapsedNanos, int room, LongSupplier clockMicros) {
    List<OutgoingMessage> said = new ArrayList<>();
    while (said.size() < room && spoken * gapNanos <= elapsedNanos) {
      Sensor sensor = sensors.get((int) (spoken % sensors.size()));
      spoken++;
      said.addAll(sensor.say(clockMicros.getAsLong()));
    }
    spoken = Math.max(spoken, (elapsedNanos - TimeUnit.SECONDS.toNanos(1)) / gapNanos);
    garbageEvery.ifPresent(
        every -> {
          long due = elapsedNanos / every.toNanos();
          if (due > garbage) {
            garbage = due;
            said.add(Garbage.number(due));
          }
        });
    return said;
  }

  /** 0 if something is due already. */
  long untilNextNanos(long elapsedNanos) {
    return Math.max(0, spoken * gapNanos - elapsedNanos);
  }
}
