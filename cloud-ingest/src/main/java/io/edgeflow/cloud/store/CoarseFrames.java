package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.cloud.store.Batch.Item;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Replaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames that take the place of others (L7). The wire does not say how the frames that are replaced
 * share in the readings of the coarse one; the edge's next hello does. Until then the first account
 * of which the edge has not told is given them all. Stateless.
 */
final class CoarseFrames {
  private record Part(LaneAccount account, Numbers.Range range) {
    boolean holds(Item item) {
      long number = item.arrival().id().number();
      return account == item.account() && range.from() <= number && number <= range.to();
    }
  }

  private CoarseFrames() {}

  static boolean isCoarse(Arrival arrival) {
    return arrival instanceof Arrival.Good good && !good.frame().replaces().isEmpty();
  }

  /** Why the frame must not be stored; empty if it may. */
  static Optional<String> obstacle(Batch batch, Item item, Frame frame) {
    Incarnation by = frame.id().incarnation();
    List<Part> parts = parts(batch, item, frame);
    if (parts.stream().anyMatch(part -> part.holds(item))) {
      return Optional.of("replaces-itself");
    }
    return parts.stream()
        .flatMap(part -> part.account().obstacle(part.range(), by).stream())
        .findFirst();
  }

  /** The frame's rows are in this transaction. */
  static void supersede(Batch batch, Item item, Frame frame) {
    Incarnation by = frame.id().incarnation();
    List<Part> parts = parts(batch, item, frame);
    item.account().carried(frame.readings());
    long untold = frame.readings();
    for (Part part : parts) {
      untold -= part.account().supersede(part.range(), by);
    }
    for (Part part : parts) {
      if (untold > 0 && part.account().isUntold(part.range(), by)) {
        part.account().superseded(by, untold);
        return;
      }
    }
  }

  private static List<Part> parts(Batch batch, Item item, Frame frame) {
    List<Part> parts = new ArrayList<>();
    for (Replaced replaced : frame.replaces()) {
      parts.add(
          new Part(
              batch.account(new LaneKey(item.edge(), replaced.incarnation(), replaced.lane())),
              new Numbers.Range(replaced.from(), replaced.to())));
    }
    return parts;
  }
}
