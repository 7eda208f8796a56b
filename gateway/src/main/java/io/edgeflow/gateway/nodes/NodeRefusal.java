package io.edgeflow.gateway.nodes;

import java.util.Locale;

/** Why what was said on a topic of nodes was not taken. */
public enum NodeRefusal {
  UNKNOWN_TOPIC,
  UNPARSEABLE,
  /** It speaks of another node than its topic. */
  WRONG_NAME,
  TOO_MANY,
  /** A score of a slot of a name that the gateway's own slot has. */
  SLOT_TAKEN;

  /** As in metrics: {@code wrong-name}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
