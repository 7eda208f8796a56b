package io.edgeflow.gateway.modbus;

/**
 * Publishes to the gateway's own broker, for whoever listens on the plant floor. What goes out here
 * is not captured again.
 */
@FunctionalInterface
public interface LocalPublisher {
  /** Any thread; must not block. Without delivery guarantee. */
  void publish(String topic, byte[] payload);
}
