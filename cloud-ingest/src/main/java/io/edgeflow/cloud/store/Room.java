package io.edgeflow.cloud.store;

/**
 * Divides among the writers what there is only so much of. Two thirds of it are theirs in equal
 * parts, so one that stalls takes nothing from the others; the last third is for whoever needs
 * more. Thread-safe.
 */
final class Room {
  private static final int NOBODY = -1;

  private final long own;
  private final long common;
  private final boolean hosting;

  // Guarded by this.
  private final long[] held;
  private long lent;
  private int guest = NOBODY;
  private long guestAmount;

  /**
   * @param hosting whether one writer at a time that holds nothing may take more than there is, so
   *     that nothing is too large for ever
   */
  Room(int writers, long limit, boolean hosting) {
    this.own = writers == 1 ? limit : limit * 2 / 3 / writers;
    this.common = limit - own * writers;
    this.hosting = hosting;
    this.held = new long[writers];
  }

  /** Never waits. */
  synchronized boolean tryTake(int writer, long amount) {
    long borrowing = beyondOwn(held[writer] + amount) - beyondOwn(held[writer]);
    if (lent + borrowing <= common) {
      held[writer] += amount;
      lent += borrowing;
      return true;
    }
    if (hosting && guest == NOBODY && held[writer] == 0) {
      guest = writer;
      guestAmount = amount;
      return true;
    }
    return false;
  }

  /** Waits for as long as it takes. */
  synchronized void take(int writer, long amount) throws InterruptedException {
    while (!tryTake(writer, amount)) {
      wait();
    }
  }

  /** Gives back what this writer took first. */
  synchronized void give(int writer, long amount) {
    long returned = amount;
    if (amount > 0 && guest == writer) {
      returned -= guestAmount;
      guest = NOBODY;
    }
    lent -= beyondOwn(held[writer]) - beyondOwn(held[writer] - returned);
    held[writer] -= returned;
    notifyAll();
  }

  /** What this writer holds. */
  synchronized long held(int writer) {
    return held[writer] + (guest == writer ? guestAmount : 0);
  }

  private long beyondOwn(long amount) {
    return Math.max(0, amount - own);
  }
}
