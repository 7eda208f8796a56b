package io.edgeflow.lab.core;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a sensor says once and sends until it is acknowledged: readings of several points of its
 * device, with the stamp of their measurement.
 */
record Message(long number, String device, long stampMillis) {
  static final List<String> POINTS = List.of("flow", "level", "heat");

  String topic() {
    return "sensors/" + device;
  }

  /**
   * The same bytes each time it is sent. The values are noise, so that frames are as large as
   * frames get.
   */
  byte[] payload() {
    SplittableRandom noise = new SplittableRandom(number);
    return """
    {"ts":%d,"values":{"flow":%s,"level":%s,"heat":%s}}\
    """
        .formatted(stampMillis, noise.nextDouble(100), noise.nextDouble(100), noise.nextDouble(100))
        .getBytes(StandardCharsets.UTF_8);
  }

  List<String> series() {
    return POINTS.stream().map(point -> device + "/" + point).toList();
  }
}
