package io.edgeflow.gateway.learn;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which levels of a topic name the device and the point.
 *
 * @param pattern for {@code topic}
 * @param series for {@code series}; empty: what follows from the pattern
 */
record TopicGuess(String pattern, String series) {
  /** Last levels that say what kind of message it is, not who sends it. */
  private static final Set<String> KINDS =
      Set.of(
          "data",
          "telemetry",
          "state",
          "status",
          "json",
          "value",
          "values",
          "sensor",
          "sensors",
          "up",
          "uplink",
          "event",
          "events",
          "measurement",
          "measurements",
          "reading",
          "readings",
          "update",
          "info",
          "report",
          "metrics",
          "attributes",
          "payload",
          "out",
          "rx",
          "msg");

  /** Of a topic of one value: its last level is the point, the one before the device. */
  static TopicGuess ofValue(String topic) {
    List<String> levels = List.of(topic.split("/", -1));
    int last = levels.size() - 1;
    if (odd(levels) || last == 0) {
      return new TopicGuess(topic, named(levels, last) + "/value");
    }
    if (last == 1) {
      return new TopicGuess(levels.getFirst() + "/<point>", named(levels, 0) + "/<point>");
    }
    return new TopicGuess(fixed(levels, last - 1) + "<device>/<point>", "");
  }

  /**
   * Of a topic of several values: its last level is the device, or the one before.
   *
   * @param point what stands for the point: {@code <point>}
   */
  static TopicGuess ofMany(String topic, String point) {
    List<String> levels = List.of(topic.split("/", -1));
    int last = levels.size() - 1;
    boolean kind = last > 0 && KINDS.contains(levels.get(last).toLowerCase(Locale.ROOT));
    int device = kind ? last - 1 : last;
    if (odd(levels) || device == 0) {
      return new TopicGuess(topic, named(levels, device) + "/" + point);
    }
    String behind = kind ? "/" + levels.get(last) : "";
    return new TopicGuess(
        fixed(levels, device) + "<device>" + behind,
        point.equals("<point>") ? "" : "<device>/" + point);
  }

  private static boolean odd(List<String> levels) {
    return levels.getLast().isEmpty();
  }

  private static String named(List<String> levels, int at) {
    String name = Names.allowed(levels.get(at));
    return name.isEmpty() ? "device" : name;
  }

  private static String fixed(List<String> levels, int to) {
    return String.join("/", levels.subList(0, to)) + "/";
  }
}
