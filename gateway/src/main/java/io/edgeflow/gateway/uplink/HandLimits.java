package io.edgeflow.gateway.uplink;

/**
 * How many frames of one lane the uplink deals with at once.
 *
 * @param live frames that were numbered while the link worked
 * @param backlog others
 * @param resting none is taken while this many were put off
 */
record HandLimits(int live, int backlog, int resting) {
  /** At some 200 bytes a frame about 2 MB in all lanes together, however long the link was down. */
  static final HandLimits DEFAULT = new HandLimits(1024, 1024, 2048);

  /** Fewer at once would not be worth a walk through the ledger. */
  int leastPage() {
    return Math.max(1, backlog / 2);
  }
}
