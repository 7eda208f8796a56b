package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.wire.document.VerdictRange;
import java.util.Map;

/** What the answers to several edges name, each by a naming of its own. */
record NamingByEdge(Map<Integer, ? extends Naming> edges) implements Naming {
  @Override
  public boolean wants(LaneKey key, VerdictRange range) {
    Naming naming = edges.get(key.edge());
    return naming != null && naming.wants(key, range);
  }

  @Override
  public Contested contested(LaneKey key, Numbers contested, Numbers committed) {
    Naming naming = edges.get(key.edge());
    return naming == null
        ? new Contested(contested.copy(), new Numbers())
        : naming.contested(key, contested, committed);
  }
}
