package io.edgeflow.gateway.broker;

import java.util.concurrent.CompletableFuture;

/** Publishes what the gateway itself has read to whoever listens at its broker. */
public interface LocalPublisher {
  /**
   * Sends at QoS 0, not retained, past capture, to the local subscribers. Never blocks; where too
   * many are under way already, this one is dropped and counted.
   */
  void publish(String topic, byte[] payload);

  /**
   * Sends at QoS 1, past capture, to the local subscribers. Never blocks.
   *
   * @return completes when the broker has it, and exceptionally if it has not: too many are under
   *     way already, or it stops
   */
  CompletableFuture<Void> send(String topic, byte[] payload, boolean retained);

  /** How many were dropped. */
  long dropped();
}
