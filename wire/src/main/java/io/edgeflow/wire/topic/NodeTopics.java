package io.edgeflow.wire.topic;

import io.edgeflow.wire.frame.EdgeName;
import java.util.Optional;

/**
 * Names of the topics between a gateway and the processes that score for it: {@code
 * edgeflow/v1/node/<node>/status}.
 */
public final class NodeTopics {
  /** Of every node. */
  public static final String ALL = "edgeflow/v1/node/+/status";

  private static final String ROOT = "edgeflow/v1/node/";
  private static final String STATUS = "/status";

  private NodeTopics() {}

  public static String status(String node) {
    if (!isNodeName(node)) {
      throw new IllegalArgumentException("not the name of a node: " + node);
    }
    return ROOT + node + STATUS;
  }

  /** Whether a topic belongs to nodes, of whatever name. */
  public static boolean isOfNodes(String topic) {
    return topic.startsWith(ROOT);
  }

  /** Whose status a topic carries; empty for every other topic. */
  public static Optional<String> node(String topic) {
    if (!topic.startsWith(ROOT) || !topic.endsWith(STATUS)) {
      return Optional.empty();
    }
    int end = topic.length() - STATUS.length();
    return end <= ROOT.length()
        ? Optional.empty()
        : Optional.of(topic.substring(ROOT.length(), end)).filter(NodeTopics::isNodeName);
  }

  /** Whether a node may be called so: as edges may. */
  public static boolean isNodeName(String name) {
    return EdgeName.isValid(name);
  }
}
