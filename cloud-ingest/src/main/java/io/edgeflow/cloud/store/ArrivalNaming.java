package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names what is known around frames that came in just now. */
final class ArrivalNaming implements Naming {
  /** Numbers of a lane that came, and those of them that came with other content. */
  private record Came(Numbers all, Numbers conflicting) {}

  private final SortedMap<LaneKey, Came> lanes = new TreeMap<>();

  /**
   * @param frames and whether their content is not what was settled
   */
  ArrivalNaming(int edge, Map<FrameId, Boolean> frames) {
    frames.forEach(
        (frame, conflicting) -> {
          Came came =
              lanes.computeIfAbsent(
                  new LaneKey(edge, frame.incarnation(), frame.lane()),
                  _ -> new Came(new Numbers(), new Numbers()));
          came.all().add(frame.number());
          if (conflicting) {
            came.conflicting().add(frame.number());
          }
        });
  }

  Set<LaneKey> lanes() {
    return lanes.keySet();
  }

  @Override
  public boolean wants(LaneKey key, VerdictRange range) {
    Came came = lanes.get(key);
    return came != null && range.from() <= came.all().last() && range.to() >= came.all().first();
  }

  @Override
  public Contested contested(LaneKey key, Numbers contested, Numbers committed) {
    Came came = lanes.get(key);
    Numbers unsaid = contested.copy();
    if (came == null) {
      return new Contested(unsaid, new Numbers());
    }
    unsaid.removeAll(came.all());
    unsaid.addAll(came.conflicting());
    return new Contested(unsaid, came.conflicting());
  }
}
