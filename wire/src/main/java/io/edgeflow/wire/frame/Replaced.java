package io.edgeflow.wire.frame;

/**
 * Frames that a coarse frame stands for (L1, L7), from the first number to the last, both included.
 */
public record Replaced(Incarnation incarnation, Lane lane, long from, long to) {
  public Replaced {
    if (from < 1 || to < from) {
      throw new IllegalArgumentException("not a range of frame numbers: " + from + ".." + to);
    }
  }
}
