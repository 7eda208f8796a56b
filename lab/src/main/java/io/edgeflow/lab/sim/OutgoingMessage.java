package io.edgeflow.lab.sim;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One publish.
 *
 * @param readings the series of each reading in it, in order; empty for garbage
 * @param stamped whether the edge recognises its readings when they come again
 */
record OutgoingMessage(String topic, String payload, List<String> readings, boolean stamped) {
  byte[] bytes() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }
}
