package io.edgeflow.gateway.sparkplug;

import io.edgeflow.aggregator.reading.SeriesName;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the Sparkplug namespace: {@code spBv1.0/<group>/<type>/<node>[/<device>]}.
 *
 * @param device absent where the node speaks for itself
 */
record SparkplugTopic(String group, Type type, String node, @Nullable String device) {
  static final String NAMESPACE = "spBv1.0/";

  /** Nobody calls a node so; each name is kept, and stands in events, which are bounded. */
  static final int LONGEST_NAME = SeriesName.MAX_BYTES;

  private static final int NODE_LEVELS = 4;
  private static final int DEVICE_LEVELS = 5;

  /** What a message is. */
  enum Type {
    NBIRTH,
    NDATA,
    NDEATH,
    DBIRTH,
    DDATA,
    DDEATH;

    private boolean ofDevice() {
      return this == DBIRTH || this == DDATA || this == DDEATH;
    }
  }

  /**
   * Null for what no edge node says: commands, states of host applications, and topics of another
   * shape.
   */
  static @Nullable SparkplugTopic of(String topic) {
    String[] levels = topic.split("/", -1);
    Type type = levels.length > 2 ? type(levels[2]) : null;
    if (type == null
        || !topic.startsWith(NAMESPACE)
        || levels.length != (type.ofDevice() ? DEVICE_LEVELS : NODE_LEVELS)) {
      return null;
    }
    for (String level : levels) {
      if (level.isEmpty()) {
        return null;
      }
    }
    return new SparkplugTopic(
        levels[1], type, levels[3], type.ofDevice() ? levels[DEVICE_LEVELS - 1] : null);
  }

  /** Whether a name in it is longer than any may be. */
  boolean isTooLong() {
    return group.length() > LONGEST_NAME
        || node.length() > LONGEST_NAME
        || (device != null && device.length() > LONGEST_NAME);
  }

  /** Whether a node's death is told there. */
  static boolean isDeath(String topic) {
    SparkplugTopic parsed = topic.startsWith(NAMESPACE) ? of(topic) : null;
    return parsed != null && parsed.type() == Type.NDEATH;
  }

  private static @Nullable Type type(String word) {
    for (Type type : Type.values()) {
      if (type.name().equals(word)) {
        return type;
      }
    }
    return null;
  }

  /** Where the node listens for commands. */
  static String commands(String group, String node) {
    return NAMESPACE + group + "/NCMD/" + node;
  }
}
