package io.edgeflow.process.kafka;

import java.util.Map;

/** The topics between a cloud and its edges, both keyed by the edge's name. */
public final class KafkaTopics {
  /** What each edge shall run, signed. */
  public static final String DEPLOY = "edgeflow.deploy";

  /** What each edge says that it runs. */
  public static final String STATUS = "edgeflow.status";

  /**
   * How a topic is made where there is none. The newest record of a key stays for good; older ones
   * go within hours, because every edge reads all of them when it starts. Nothing of ours is longer
   * than a quarter of the longest record.
   */
  static final Map<String, String> SETTINGS =
      Map.of(
          "cleanup.policy", "compact",
          "min.cleanable.dirty.ratio", "0.1",
          "segment.ms", "3600000",
          "max.message.bytes", "65536");

  private KafkaTopics() {}
}
