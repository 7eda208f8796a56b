package io.edgeflow.wire.document;

import java.util.List;

/**
 * What a process that scores for a gateway says of itself: retained, and the will of its
 * connection.
 *
 * @param node its name among those at one gateway; like an edge's
 * @param online false in the will and in the goodbye
 * @param software name and version of the program
 * @param behindMillis how long the oldest reading that it has not looked at waits
 * @param slots at most {@link #MOST_SLOTS}, of different names, all of this node
 */
public record NodeStatus(
    String node, boolean online, String software, long behindMillis, List<ReportedModel> slots) {
  public static final int MOST_SLOTS = 16;

  /** Of one document. */
  public static final int MOST_BYTES = 64 * 1024;

  public NodeStatus {
    slots = List.copyOf(slots);
  }

  /** The same node, gone. */
  public static NodeStatus offline(String node, String software) {
    return new NodeStatus(node, false, software, 0, List.of());
  }

  public byte[] toBytes() {
    return NodeStatusJson.write(this);
  }

  /** Reads one leniently: unknown fields are ignored; anything else unexpected is refused. */
  public static Parsed<NodeStatus> parse(byte[] bytes) {
    return NodeStatusJson.read(bytes);
  }
}
