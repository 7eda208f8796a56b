package io.edgeflow.lab.sim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One sensor, or one device that says all its points together: makes messages of moments. Every
 * millisecond it uses is a later one than the last, so that its stamped readings are all distinct.
 * One thread.
 */
final class Sensor {
  private final List<SimulatedPoint> points;
  private final PayloadForm form;
  private long lastMillis = Long.MIN_VALUE;

  /**
   * @param points one, or for {@link PayloadForm#TOGETHER} all of one device
   */
  Sensor(List<SimulatedPoint> points) {
    this.points = List.copyOf(points);
    this.form = points.getFirst().form();
  }

  /** What it says now: one message, or two for the forms that come in pairs. */
  List<OutgoingMessage> say(long nowMicros) {
    long millis = Math.max(lastMillis + 1, nowMicros / 1_000);
    lastMillis = millis;
    SimulatedPoint point = points.getFirst();
    double value = point.value(nowMicros);
    return switch (form) {
      case JSON -> List.of(one(point, json(value, Long.toString(millis))));
      case SAME_MILLISECOND ->
          List.of(
              one(point, json(value, iso(millis * 1_000))),
              one(point, json(value, iso(millis * 1_000 + 1))));
      case SAME_STAMP ->
          List.of(
              one(point, json(value, Long.toString(millis))),
              one(point, json(value + 1, Long.toString(millis))));
      case BARE -> List.of(one(point, Double.toString(value)));
      case TOGETHER -> List.of(together(nowMicros, millis));
    };
  }

  private OutgoingMessage one(SimulatedPoint point, String payload) {
    String topic = "sensors/" + point.device() + "/" + point.point();
    return new OutgoingMessage(topic, payload, List.of(point.series()), form.stamped());
  }

  private OutgoingMessage together(long nowMicros, long millis) {
    String values =
        points.stream()
            .map(p -> "\"" + p.point() + "\":" + p.value(nowMicros))
            .collect(Collectors.joining(","));
    return new OutgoingMessage(
        "sensors/" + points.getFirst().device(),
        "{\"ts\":" + millis + ",\"values\":{" + values + "}}",
        points.stream().map(SimulatedPoint::series).toList(),
        true);
  }

  private static String json(double value, String stamp) {
    return "{\"value\":" + value + ",\"ts\":" + stamp + "}";
  }

  private static String iso(long micros) {
    return "\"" + Instant.EPOCH.plus(micros, ChronoUnit.MICROS) + "\"";
  }
}
