package io.edgeflow.gateway.journal;

/** Waits for a record to survive a power cut. */
@FunctionalInterface
public interface Durable {
  /**
   * Called once, when the record and all before it are synced; never if that does not happen. Calls
   * come on the syncing thread in the order of the numbers, and every further sync waits for them:
   * hand over quickly.
   */
  void durable(long number, LogPosition position);
}
