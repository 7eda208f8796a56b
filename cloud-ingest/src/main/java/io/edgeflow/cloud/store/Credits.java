package io.edgeflow.cloud.store;

/** How much each edge may have under way (L4). */
@FunctionalInterface
public interface Credits {
  /**
   * The bytes of frames that this edge may have without a verdict from now on; what is said here is
   * sent to it. Any thread; returns at once.
   */
  long grant(String edge);
}
