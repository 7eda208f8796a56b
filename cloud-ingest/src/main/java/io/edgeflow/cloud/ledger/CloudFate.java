package io.edgeflow.cloud.ledger;

import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.Verdict;
import java.util.Locale;
import java.util.Optional;

/** What became of a number that was not committed, the stronger first (L3). */
public enum CloudFate {
  /** A committed coarse frame carries its readings. */
  SUPERSEDED,
  /** Not wanted; the bytes are in quarantine. */
  REFUSED,
  /**
   * Says the edge: other content was committed under its number, in a database we no longer have.
   */
  CONFLICT,
  /** Given up by the edge for want of room. */
  DROPPED,
  /**
   * The edge was told that it was committed, and this database, restored from a backup, does not
   * have it. Where the edge still holds the bytes it sends them again, and the number becomes
   * committed.
   */
  LOST;

  /** The word in the database and in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static CloudFate ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** What an edge's claim comes to where the ledger knows nothing of the number. */
  static CloudFate claimed(Fate fate) {
    return switch (fate) {
      case COMMITTED -> LOST;
      case SUPERSEDED -> SUPERSEDED;
      case REFUSED -> REFUSED;
      case CONFLICT -> CONFLICT;
      case DROPPED -> DROPPED;
    };
  }

  /** What the edge is told; nothing about numbers that it would do well to send. */
  Optional<Verdict> verdict() {
    return switch (this) {
      case SUPERSEDED -> Optional.of(Verdict.SUPERSEDED);
      case REFUSED -> Optional.of(Verdict.REFUSED);
      case CONFLICT -> Optional.of(Verdict.CONFLICT);
      case DROPPED, LOST -> Optional.empty();
    };
  }

  /** Whether a frame that arrives after all is stored: its readings are nowhere else. */
  boolean welcomesLatecomer() {
    return verdict().isEmpty();
  }
}
