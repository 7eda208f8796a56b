package io.edgeflow.wire.document;

/**
 * Numbers of one lane with one fate, from the first to the last, both included.
 *
 * @param readings that these frames carry together
 */
public record FateRange(long from, long to, Fate fate, long readings) {
  public FateRange {
    Ranges.check(from, to);
    if (readings < 0) {
      throw new IllegalArgumentException("readings below zero: " + readings);
    }
  }
}
