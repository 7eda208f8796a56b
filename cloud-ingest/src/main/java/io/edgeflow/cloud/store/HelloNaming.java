package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.VerdictRange;
import java.util.List;
import java.util.SortedMap;

/** Names all that is known of the incarnations of a page of hello. */
final class HelloNaming implements Naming {
  private final SortedMap<LaneKey, List<HeldLane>> held;
  private final boolean whole;

  /**
   * @param whole whether the page is the only one: else what it does not claim may be claimed on
   *     another, and is called a conflict, which settles numbers that wait and no others
   */
  HelloNaming(SortedMap<LaneKey, List<HeldLane>> held, boolean whole) {
    this.held = held;
    this.whole = whole;
  }

  @Override
  public boolean wants(LaneKey key, VerdictRange range) {
    return true;
  }

  @Override
  public Contested contested(LaneKey key, Numbers contested, Numbers committed) {
    Numbers unsaid = contested.copy();
    Numbers conflicting = new Numbers();
    for (HeldLane lane : held.getOrDefault(key, List.of())) {
      for (FateRange claim : lane.fates()) {
        Numbers.Range range = new Numbers.Range(claim.from(), claim.to());
        if (claim.fate() == Fate.CONFLICT) {
          // Its content is not what is committed here, whether or not that was seen here.
          conflicting.addAll(committed.within(range));
        } else {
          unsaid.remove(range);
        }
      }
    }
    if (!whole) {
      conflicting.addAll(unsaid);
    }
    unsaid.addAll(conflicting);
    return new Contested(unsaid, conflicting);
  }
}
