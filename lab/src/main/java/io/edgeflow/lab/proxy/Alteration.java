package io.edgeflow.lab.proxy;

/** Changes what passes in one direction of one connection. One thread. */
@FunctionalInterface
public interface Alteration {
  /**
   * What is handed on instead. It may keep bytes back until more of them came.
   *
   * @param bytes of which the first {@code length} just came; not to be kept
   */
  byte[] pass(byte[] bytes, int length);
}
