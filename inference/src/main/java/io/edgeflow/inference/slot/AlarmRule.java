package io.edgeflow.inference.slot;

/** A model's thresholds. Called by several threads. */
@FunctionalInterface
public interface AlarmRule {
  /**
   * @param scores those of a row begin at {@code offset}
   */
  boolean alarms(float[] scores, int offset);
}
