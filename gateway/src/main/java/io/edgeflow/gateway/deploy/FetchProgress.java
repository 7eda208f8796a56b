package io.edgeflow.gateway.deploy;

/** Hears how far a download is, often. Must not block. */
@FunctionalInterface
public interface FetchProgress {
  /**
   * @param done bytes, those that were there already included
   * @param total bytes of the bundle; 0 while that is not known
   */
  void at(long done, long total);
}
