package io.edgeflow.cloud.query;

import java.util.Locale;

/** What holding an account against its running total comes to (L9). */
enum LaneState {
  /** Every number is settled, and their readings are the running total. */
  BALANCED,
  /**
   * Something is still to come: frames, or readings of coarse frames that share what they replace.
   */
  OPEN,
  /**
   * Every number is accounted for. How many readings they should carry cannot be said, because two
   * copies of the edge gave the same numbers to different content.
   */
  CONTESTED,
  /** Something was lost or counted twice, and nobody says why. */
  OFF;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isAccounted() {
    return this != OFF;
  }

  /**
   * @param group how many readings are missing in all accounts of the edge and lane that have
   *     superseded frames of which the edge has not told: one of them may hold the others' share
   */
  static LaneState of(LaneRow row, long group) {
    boolean untold = row.untold().frames() > 0;
    if (row.settledTo() > row.highest()) {
      // A coarse frame came before the hello that announces what it replaces.
      return untold ? OPEN : OFF;
    }
    Amount missing = row.account().missing();
    if (missing.frames() < 0) {
      return OFF;
    }
    if (row.account().contested().frames() > 0) {
      return missing.equals(Amount.NONE) ? BALANCED : missing.frames() > 0 ? OPEN : CONTESTED;
    }
    if (missing.equals(Amount.NONE)) {
      return BALANCED;
    }
    return isPlausible(missing, untold, group) ? OPEN : OFF;
  }

  private static boolean isPlausible(Amount missing, boolean untold, long group) {
    if (untold) {
      return group >= 0;
    }
    return missing.frames() > 0 && missing.readings() >= 0;
  }
}
