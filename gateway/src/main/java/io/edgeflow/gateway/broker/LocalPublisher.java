package io.edgeflow.gateway.broker;

/** Publishes what the gateway itself has read to whoever listens at its broker. */
public interface LocalPublisher {
  /**
   * Sends at QoS 0, not retained, past capture, to the local subscribers. Never blocks; where too
   * many are under way already, this one is dropped and counted.
   */
  void publish(String topic, byte[] payload);

  /** How many were dropped. */
  long dropped();
}
