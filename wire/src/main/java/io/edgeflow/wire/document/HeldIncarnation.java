package io.edgeflow.wire.document;

import io.edgeflow.wire.frame.Incarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incarnation of which the edge still holds bytes or an unconfirmed fate (L3).
 *
 * @param parent the incarnation whose directory this one recovered; null for the first of all
 */
public record HeldIncarnation(Incarnation id, @Nullable Incarnation parent, List<HeldLane> lanes) {
  public HeldIncarnation {
    lanes = List.copyOf(lanes);
  }
}
