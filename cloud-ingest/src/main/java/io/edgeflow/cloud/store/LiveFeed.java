package io.edgeflow.cloud.store;

/**
 * Shows committed frames to whoever watches. Called on a writer's thread after each commit: must be
 * thread-safe and return at once, whatever the watchers do, and throw nothing.
 */
public interface LiveFeed {
  LiveFeed NONE = batch -> {};

  /**
   * @param batch its windows may be supplements of windows shown before
   */
  void committed(CommittedBatch batch);
}
