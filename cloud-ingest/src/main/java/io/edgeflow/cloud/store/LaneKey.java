package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.Comparator;
import java.util.UUID;

/**
 * What a row of the ledger is about. The order is the order in which rows are locked.
 *
 * @param edge {@code edge.id}
 */
record LaneKey(int edge, Incarnation incarnation, Lane lane) implements Comparable<LaneKey> {
  private static final Comparator<LaneKey> ORDER =
      Comparator.comparingInt(LaneKey::edge)
          .thenComparing(LaneKey::incarnation)
          .thenComparing(LaneKey::lane);

  @Override
  public int compareTo(LaneKey other) {
    return ORDER.compare(this, other);
  }

  UUID uuid() {
    return uuid(incarnation);
  }

  static UUID uuid(Incarnation incarnation) {
    return new UUID(incarnation.hi(), incarnation.lo());
  }

  static Incarnation incarnation(UUID uuid) {
    return new Incarnation(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  static Lane lane(int code) {
    return Lane.ofCode(code)
        .orElseThrow(() -> new IllegalStateException("the ledger has an unknown lane: " + code));
  }
}
