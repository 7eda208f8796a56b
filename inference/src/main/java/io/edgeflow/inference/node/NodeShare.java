package io.edgeflow.inference.node;

import io.edgeflow.inference.scoring.Share;
import io.edgeflow.wire.document.NodeStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * This node's part of the work: of each slot, the subjects that fall to it among the nodes that are
 * there and have a model in that slot. Any thread.
 */
final class NodeShare implements Share {
  private final String self;
  private final List<String> slots;
  private volatile Division now;

  private record Division(long version, Map<String, Rendezvous> bySlot) {}

  /**
   * @param slots of this node
   */
  NodeShare(String self, List<String> slots) {
    this.self = self;
    this.slots = List.copyOf(slots);
    this.now = new Division(1, bySlot(List.of()));
  }

  /** These are the other nodes now. */
  synchronized void others(Collection<NodeStatus> present) {
    Map<String, Rendezvous> next = bySlot(present);
    boolean same =
        slots.stream().allMatch(slot -> nodes(next, slot).equals(nodes(now.bySlot(), slot)));
    if (!same) {
      now = new Division(now.version() + 1, next);
    }
  }

  private Map<String, Rendezvous> bySlot(Collection<NodeStatus> present) {
    Map<String, Rendezvous> divided = new HashMap<>();
    for (String slot : slots) {
      List<String> nodes = new ArrayList<>();
      nodes.add(self);
      present.stream()
          .filter(node -> !node.node().equals(self) && scores(node, slot))
          .forEach(node -> nodes.add(node.node()));
      divided.put(slot, new Rendezvous(nodes));
    }
    return divided;
  }

  /** A node whose model fails keeps its share: another one's model would fail as well. */
  private static boolean scores(NodeStatus node, String slot) {
    return node.slots().stream()
        .anyMatch(model -> model.slot().equals(slot) && !model.digest().isEmpty());
  }

  private static List<String> nodes(Map<String, Rendezvous> divided, String slot) {
    Rendezvous one = divided.get(slot);
    return one == null ? List.of() : one.nodes();
  }

  @Override
  public long version() {
    return now.version();
  }

  @Override
  public boolean isOurs(String slot, String subject) {
    Rendezvous divided = now.bySlot().get(slot);
    return divided == null || divided.owner(slot, subject).equals(self);
  }
}
