package io.edgeflow.gateway.journal;

/** Is told of every successful sync, for metrics. On the syncing thread. */
@FunctionalInterface
public interface SyncObserver {
  /**
   * @param nanos from the first byte written to the end of the sync
   * @param bytes the records that became durable by it
   */
  void synced(long nanos, long bytes);
}
