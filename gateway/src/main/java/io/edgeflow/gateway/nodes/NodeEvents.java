package io.edgeflow.gateway.nodes;

import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which model the scores of a node are from, each time that this changes. A node that says
 * another thing with each document is told no more than once in a while, and then what it says
 * last, because it says it again. One thread at a time.
 */
final class NodeEvents {
  private static final Logger log = LoggerFactory.getLogger(NodeEvents.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Of all nodes together, whatever they say; the rest is told in the next minutes. */
  static final int MOST_IN_MINUTE = 64;

  static final String TAKEN =
      "the gateway has a slot of that name: the scores of the node's are not taken";

  private final Set<String> own;
  private final NodeLog events;
  private final LongSupplier nanos;
  private final Map<String, Map<String, Told>> told = new HashMap<>();

  private long sinceNanos;
  private int inMinute;

  private record Told(String digest, long nanos) {}

  NodeEvents(Set<String> own, NodeLog events, LongSupplier nanos) {
    this.own = own;
    this.events = events;
    this.nanos = nanos;
    this.sinceNanos = nanos.getAsLong();
  }

  void tell(NodeStatus status) {
    Map<String, Told> slots = told.computeIfAbsent(status.node(), unknown -> new HashMap<>());
    // A node that invents slots costs memory for no more than those of its last document.
    slots.keySet().removeIf(name -> status.slots().stream().noneMatch(s -> s.slot().equals(name)));
    for (ReportedModel slot : status.slots()) {
      // A name that is taken is told once, whatever model is in the slot.
      String digest = own.contains(slot.slot()) ? TAKEN : slot.digest();
      if (!digest.isEmpty() && isDue(digest, slots.get(slot.slot()))) {
        slots.put(slot.slot(), new Told(digest, nanos.getAsLong()));
        tell(slot);
      }
    }
  }

  private boolean isDue(String digest, @Nullable Told last) {
    long now = nanos.getAsLong();
    if (last != null && (last.digest().equals(digest) || now - last.nanos() < QUIET_NANOS)) {
      return false;
    }
    if (now - sinceNanos > MINUTE_NANOS) {
      sinceNanos = now;
      inMinute = 0;
    }
    return ++inMinute <= MOST_IN_MINUTE;
  }

  private void tell(ReportedModel slot) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("node", slot.node());
    detail.put("slot", slot.slot());
    if (own.contains(slot.slot())) {
      String message = "slot %s of node %s: %s".formatted(slot.slot(), slot.node(), TAKEN);
      log.warn("{}", message);
      events.event(EventSeverity.WARNING, "node-slot-taken", message, detail);
      return;
    }
    detail.put("name", slot.name());
    detail.put("version", slot.version());
    detail.put("digest", slot.digest());
    String message =
        "slot %s of node %s: %s %s scores"
            .formatted(slot.slot(), slot.node(), slot.name(), slot.version());
    log.info("{}", message);
    events.event(EventSeverity.INFO, "model-active", message, detail);
  }

  void forget(String node) {
    told.remove(node);
  }
}
