package io.edgeflow.process.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A topic of records that are read in their order and then forgotten, as it is made where there is
 * none.
 *
 * @param partitions how many of the group's members can share it; none: what the broker makes
 * @param retention how long a record stays, read or not
 * @param mostBytes of the largest record, with its key
 */
public record TopicPlan(
    String name, Optional<Integer> partitions, Duration retention, int mostBytes) {

  Map<String, String> settings() {
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", String.valueOf(retention.toMillis()),
        "max.message.bytes", String.valueOf(mostBytes));
  }
}
