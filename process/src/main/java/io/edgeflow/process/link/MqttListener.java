package io.edgeflow.process.link;

/** Hears what happens to a connection, on any thread. Its methods must not block. */
public interface MqttListener {
  /** Connected and subscribed. */
  void opened();

  /** May come a moment before {@link #opened}. */
  void message(String topic, byte[] payload);

  /**
   * @param reason for a person
   */
  void closed(String reason);
}
