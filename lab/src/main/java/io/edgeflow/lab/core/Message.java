package io.edgeflow.lab.core;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a sensor says once and sends until it is acknowledged: readings of several points of its
 * device, with the stamp of their measurement.
 */
record Message(long number, String device, long stampMillis) {
  static final List<String> POINTS = List.of("flow", "level", "heat");

  String topic() {
    return "sensors/" + device;
  }

  /** The same bytes each time it is sent. */
  byte[] payload() {
    double wave = Math.sin(stampMillis / 60_000.0);
    return """
    {"ts":%d,"values":{"flow":%.2f,"level":%d,"heat":%.3f}}\
    """
        .formatted(stampMillis, 20 + wave, number % 100, 40 - wave)
        .getBytes(StandardCharsets.UTF_8);
  }

  List<String> series() {
    return POINTS.stream().map(point -> device + "/" + point).toList();
  }
}
