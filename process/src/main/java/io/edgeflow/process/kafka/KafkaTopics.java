package io.edgeflow.process.kafka;

import java.util.Map;

/** The topics of EdgeFlow, all keyed by the edge's name. */
public final class KafkaTopics {
  /** What each edge shall run, signed. */
  public static final String DEPLOY = "edgeflow.deploy";

  /** What each edge says that it runs. */
  public static final String STATUS = "edgeflow.status";

  /** Frames as edges sent them, between those who hold their connections and those who store. */
  public static final String TELEMETRY = "edgeflow.telemetry";

  /** Windows that are stored, for others. */
  public static final String WINDOWS = "edgeflow.windows";

  /** Events that are stored, for others. */
  public static final String EVENTS = "edgeflow.events";

  /**
   * How a topic of documents is made where there is none. The newest record of a key stays for
   * good; older ones go within hours, because every edge reads all of them when it starts. Nothing
   * of ours is longer than a quarter of the longest record.
   */
  static final Map<String, String> SETTINGS =
      Map.of(
          "cleanup.policy", "compact",
          "min.cleanable.dirty.ratio", "0.1",
          "segment.ms", "3600000",
          "max.message.bytes", "65536");

  private KafkaTopics() {}
}
