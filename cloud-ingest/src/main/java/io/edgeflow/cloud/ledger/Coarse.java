package io.edgeflow.cloud.ledger;

import io.edgeflow.wire.frame.Incarnation;
import java.util.Optional;

/**
 * How numbers came to be superseded, as the reason of their fate says it (L7). First only the edge
 * says so; then a coarse frame of one of its incarnations names them. How many readings they carry
 * the edge tells with its next hello; until then it is what the coarse frames carry.
 */
final class Coarse {
  private static final String CARRIED = "coarse ";
  private static final String TOLD = "told ";

  /** The edge says that they are superseded, and no coarse frame that names them came so far. */
  static final FateEntry.Key ANNOUNCED =
      new FateEntry.Key(CloudFate.SUPERSEDED, LaneAccount.ANNOUNCED);

  private Coarse() {}

  /** Named by a coarse frame; their readings are what these frames carry, as far as they came. */
  static FateEntry.Key carried(Incarnation by) {
    return new FateEntry.Key(CloudFate.SUPERSEDED, CARRIED + by);
  }

  /** Named by a coarse frame; their readings are what the edge told. */
  static FateEntry.Key told(Incarnation by) {
    return new FateEntry.Key(CloudFate.SUPERSEDED, TOLD + by);
  }

  /** Whose coarse frames named them, as text; empty where none did. */
  static Optional<String> by(FateEntry.Key key) {
    return isCarried(key)
        ? Optional.of(key.reason().substring(CARRIED.length()))
        : isTold(key) ? Optional.of(key.reason().substring(TOLD.length())) : Optional.empty();
  }

  static boolean isCarried(FateEntry.Key key) {
    return key.fate() == CloudFate.SUPERSEDED && key.reason().startsWith(CARRIED);
  }

  private static boolean isTold(FateEntry.Key key) {
    return key.fate() == CloudFate.SUPERSEDED && key.reason().startsWith(TOLD);
  }

  /** Where numbers belong when the edge has told of them. */
  static FateEntry.Key told(FateEntry.Key key) {
    return isCarried(key) ? new FateEntry.Key(key.fate(), TOLD + by(key).orElseThrow()) : ANNOUNCED;
  }
}
