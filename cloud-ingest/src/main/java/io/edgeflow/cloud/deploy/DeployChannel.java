package io.edgeflow.cloud.deploy;

/** A way by which documents reach edges. What it loses is published again: documents are state. */
public interface DeployChannel {
  /**
   * Any thread; returns at once.
   *
   * @param signed the envelope's exact bytes, not to be changed; they replace what was published
   *     for this edge before
   */
  void publish(String edge, byte[] signed);
}
