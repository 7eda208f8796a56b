package io.edgeflow.gateway.nodes;

import io.edgeflow.gateway.broker.NodeListener;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.inference.scoring.ScoreNames;
import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.topic.NodeTopics;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps the account of the nodes: which there are, what they say of their models, and which model
 * wrote the scores that come from them. A node is there while the connection lasts over which it
 * said so. Any thread; its monitor is held for no more than a look into a small table.
 */
public final class NodeDesk implements NodeListener {
  /** Whoever may publish may invent nodes. */
  static final int MOST_NODES = 16;

  private final Set<String> own;
  private final NodeEvents events;
  private final Garbage garbage;
  private final LongSupplier nanos;
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<NodeRefusal, Long> refused = new EnumMap<>(NodeRefusal.class);
  private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
  private Set<String> slots = Set.of();
  private long taken;

  /** Is shown what is no document of a node. */
  @FunctionalInterface
  public interface Garbage {
    void show(String topic, byte[] payload, String why);
  }

  /** What a node said last, and over which connection; absent when it is gone. */
  private static final class Node {
    NodeStatus status;
    Optional<Object> connection;
    long goneNanos;

    Node(NodeStatus status, Object connection) {
      this.status = status;
      this.connection = Optional.of(connection);
    }
  }

  /**
   * @param own the gateway's slots; a node's slot of such a name would write the same series
   * @param nanos monotonic time
   */
  public NodeDesk(Set<String> own, NodeLog log, Garbage garbage, LongSupplier nanos) {
    this.own = Set.copyOf(own);
    this.events = new NodeEvents(this.own, log, nanos);
    this.garbage = garbage;
    this.nanos = nanos;
  }

  @Override
  public void said(Object connection, String topic, byte[] payload) {
    Optional<String> name = NodeTopics.node(topic);
    if (name.isEmpty()) {
      refuse(NodeRefusal.UNKNOWN_TOPIC, topic, payload, "no topic of a node");
      return;
    }
    switch (NodeStatus.parse(payload)) {
      case Parsed.Refused<NodeStatus>(String why) ->
          refuse(NodeRefusal.UNPARSEABLE, topic, payload, why);
      case Parsed.Ok<NodeStatus>(NodeStatus status) when !status.node().equals(name.get()) ->
          refuse(NodeRefusal.WRONG_NAME, topic, payload, "it speaks of " + status.node());
      case Parsed.Ok<NodeStatus>(NodeStatus status) -> {
        if (!take(status, connection)) {
          String why = "there are " + MOST_NODES + " nodes already";
          refuse(NodeRefusal.TOO_MANY, topic, payload, why);
        }
      }
    }
  }

  @Override
  public boolean takes(String topic) {
    if (own.isEmpty() || !ScoreNames.isScore(topic, own)) {
      return true;
    }
    synchronized (this) {
      refused.merge(NodeRefusal.SLOT_TAKEN, 1L, Long::sum);
    }
    return false;
  }

  private synchronized boolean take(NodeStatus status, Object connection) {
    Node known = nodes.get(status.node());
    if (known == null) {
      if (!status.online()) {
        return true;
      }
      if (nodes.size() >= MOST_NODES && !forgetOne()) {
        return false;
      }
      nodes.put(status.node(), new Node(status, connection));
    } else if (status.online()) {
      known.status = status;
      known.connection = Optional.of(connection);
    } else {
      gone(known);
    }
    taken++;
    if (status.online()) {
      tellSlots();
      events.tell(status);
    }
    return true;
  }

  /** The one that is gone for longest. */
  private boolean forgetOne() {
    long now = nanos.getAsLong();
    Optional<Node> oldest =
        nodes.values().stream()
            .filter(node -> node.connection.isEmpty())
            .max(Comparator.comparingLong(node -> now - node.goneNanos));
    oldest.ifPresent(
        node -> {
          nodes.remove(node.status.node());
          events.forget(node.status.node());
        });
    return oldest.isPresent();
  }

  private void gone(Node node) {
    node.connection = Optional.empty();
    node.goneNanos = nanos.getAsLong();
  }

  @Override
  public synchronized void ended(Object connection) {
    for (Node node : nodes.values()) {
      if (node.connection.isPresent() && node.connection.get().equals(connection)) {
        gone(node);
      }
    }
  }

  private void refuse(NodeRefusal reason, String topic, byte[] payload, String why) {
    synchronized (this) {
      refused.merge(reason, 1L, Long::sum);
    }
    garbage.show(topic, payload, "not the status of a node: " + why);
  }

  /**
   * Tells the names of all slots that nodes have, now and whenever they change: before the first
   * score of a new one comes in. The listener must not block.
   */
  public synchronized void listen(Consumer<Set<String>> listener) {
    listeners.add(listener);
    listener.accept(slots);
  }

  private void tellSlots() {
    Set<String> now = new HashSet<>();
    nodes.values().forEach(node -> node.status.slots().forEach(slot -> now.add(slot.slot())));
    if (!now.equals(slots)) {
      slots = Set.copyOf(now);
      listeners.forEach(listener -> listener.accept(slots));
    }
  }

  /** Documents that were taken. */
  public synchronized long taken() {
    return taken;
  }

  /** Documents that were not, or scores. */
  public synchronized long refused(NodeRefusal reason) {
    return refused.getOrDefault(reason, 0L);
  }

  /** Every slot of every node. */
  public synchronized List<Status.Model> models() {
    return nodes.values().stream()
        .flatMap(
            node ->
                node.status.slots().stream().map(slot -> model(slot, node.connection.isPresent())))
        .toList();
  }

  private Status.Model model(ReportedModel slot, boolean there) {
    return new Status.Model(
        slot.node(),
        slot.slot(),
        slot.name(),
        slot.version(),
        slot.digest(),
        slot.provider(),
        List.of(),
        there ? state(slot) : "away",
        there ? detail(slot) : "the node is not connected",
        "",
        "",
        "",
        false,
        slot.shadow(),
        null,
        slot.scored(),
        slot.dropped(),
        slot.errors(),
        slot.p50Micros(),
        slot.p99Micros(),
        List.of());
  }

  private String state(ReportedModel slot) {
    return own.contains(slot.slot()) ? "refused" : slot.state();
  }

  private String detail(ReportedModel slot) {
    return own.contains(slot.slot()) ? NodeEvents.TAKEN : slot.detail();
  }
}
