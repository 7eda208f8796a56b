package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Fate;

/** Fates as they are in the journal: the numbers never change. */
public final class FateCode {
  static final int COUNT = 5;

  private FateCode() {}

  /**
   * Rises as precedence falls: committed over superseded over refused over conflict over dropped
   * (L3).
   */
  public static int of(Fate fate) {
    return switch (fate) {
      case COMMITTED -> 0;
      case SUPERSEDED -> 1;
      case REFUSED -> 2;
      case CONFLICT -> 3;
      case DROPPED -> 4;
    };
  }

  /** The fate with this number; {@link IllegalArgumentException} for any other. */
  public static Fate fate(int code) {
    return switch (code) {
      case 0 -> Fate.COMMITTED;
      case 1 -> Fate.SUPERSEDED;
      case 2 -> Fate.REFUSED;
      case 3 -> Fate.CONFLICT;
      case 4 -> Fate.DROPPED;
      default -> throw new IllegalArgumentException("no fate has the code " + code);
    };
  }
}
