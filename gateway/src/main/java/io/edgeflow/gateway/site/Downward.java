package io.edgeflow.gateway.site;

import java.util.concurrent.CompletableFuture;

/** The way to the members: this gateway's own broker. */
@FunctionalInterface
public interface Downward {
  /**
   * Never blocks.
   *
   * @return completes when the broker has it, and exceptionally if it has not
   */
  CompletableFuture<Void> send(String topic, byte[] payload, boolean retained);
}
