package io.edgeflow.inference.node;

import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.topic.NodeTopics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes at this gateway that are there, as their retained documents and wills tell. Any
 * thread.
 */
final class Peers {
  /** Whoever may publish may invent nodes. */
  static final int MOST = 64;

  private static final Logger log = LoggerFactory.getLogger(Peers.class);

  private final String self;
  private final LongAdder refused = new LongAdder();
  private volatile Map<String, NodeStatus> present = Map.of();

  Peers(String self) {
    this.self = self;
  }

  /** A document of a node, or what claims to be one. */
  void heard(String topic, byte[] payload) {
    Optional<String> node = NodeTopics.node(topic);
    if (node.isEmpty() || node.get().equals(self)) {
      return;
    }
    switch (NodeStatus.parse(payload)) {
      case Parsed.Ok<NodeStatus>(NodeStatus status) when status.node().equals(node.get()) ->
          keep(status);
      case Parsed.Ok<NodeStatus> other -> refused.increment();
      case Parsed.Refused<NodeStatus> garbage -> refused.increment();
    }
  }

  private synchronized void keep(NodeStatus status) {
    Map<String, NodeStatus> next = new TreeMap<>(present);
    if (!status.online()) {
      if (next.remove(status.node()) != null) {
        log.info("node {} is gone", status.node());
      }
    } else if (next.containsKey(status.node()) || next.size() < MOST) {
      if (next.put(status.node(), status) == null) {
        log.info("node {} is there", status.node());
      }
    } else {
      refused.increment();
    }
    present = next;
  }

  /** The connection is lost: what was known may not hold any more, and will be told again. */
  synchronized void forget() {
    present = Map.of();
  }

  /** By name. */
  Map<String, NodeStatus> present() {
    return present;
  }

  /** Documents that made no sense, or were too many. */
  long refused() {
    return refused.sum();
  }
}
