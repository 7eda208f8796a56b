package io.edgeflow.inference.node;

import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.topic.NodeTopics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes at this gateway that are there, as their retained documents and wills tell: each
 * says every few seconds that it is, so one that is silent for long is gone, whatever became of its
 * will. Any thread.
 */
final class Peers {
  /** Whoever may publish may invent nodes. */
  static final int MOST = 64;

  static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final Logger log = LoggerFactory.getLogger(Peers.class);

  private final String self;
  private final LongSupplier nanos;
  private final Consumer<Collection<NodeStatus>> changed;
  private final Map<String, Peer> peers = new TreeMap<>();
  private long refused;

  private record Peer(NodeStatus status, long heardNanos) {}

  /**
   * @param nanos monotonic time
   * @param changed hears of each change, in order; must not block
   */
  Peers(String self, LongSupplier nanos, Consumer<Collection<NodeStatus>> changed) {
    this.self = self;
    this.nanos = nanos;
    this.changed = changed;
  }

  /** A document of a node, or what claims to be one. */
  synchronized void heard(String topic, byte[] payload) {
    Optional<String> node = NodeTopics.node(topic);
    if (node.isPresent() && node.get().equals(self)) {
      return;
    }
    if (node.isPresent()
        && NodeStatus.parse(payload) instanceof Parsed.Ok<NodeStatus>(NodeStatus status)
        && status.node().equals(node.get())
        && (peers.containsKey(status.node()) || peers.size() < MOST)) {
      keep(status);
    } else {
      refused++;
    }
  }

  private void keep(NodeStatus status) {
    Peer before =
        status.online()
            ? peers.put(status.node(), new Peer(status, nanos.getAsLong()))
            : peers.remove(status.node());
    if (status.online() && before == null) {
      log.info("node {} is there", status.node());
    } else if (!status.online() && before != null) {
      log.info("node {} is gone", status.node());
    }
    changed.accept(present());
  }

  /** After a time without a connection: they have a moment to say that they are there. */
  synchronized void greetAgain() {
    long now = nanos.getAsLong();
    peers.replaceAll((name, peer) -> new Peer(peer.status(), now));
  }

  /** Forgets those that are silent. */
  synchronized void look() {
    long now = nanos.getAsLong();
    List<String> silent =
        peers.values().stream()
            .filter(peer -> now - peer.heardNanos() > SILENCE_NANOS)
            .map(peer -> peer.status().node())
            .toList();
    if (!silent.isEmpty()) {
      log.warn("silent and given up: {}", silent);
      peers.keySet().removeAll(silent);
      changed.accept(present());
    }
  }

  /** By name. */
  synchronized List<NodeStatus> present() {
    return peers.values().stream().map(Peer::status).toList();
  }

  /** Documents that made no sense, or were too many. */
  synchronized long refused() {
    return refused;
  }
}
