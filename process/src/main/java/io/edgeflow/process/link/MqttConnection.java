package io.edgeflow.process.link;

import java.util.function.Consumer;

/** One connection, from its first packet to its last. Safe for use from any thread. */
public interface MqttConnection {
  /**
   * Sends at least once if the connection lasts; never blocks.
   *
   * @param settled hears once, unless the connection ends before: empty if the broker has
   *     acknowledged it, else why it refused it. On the link's thread; must not block
   */
  void publish(String topic, byte[] payload, boolean retained, Consumer<String> settled);

  /** As the other one; nothing tells of its arrival. */
  default void publish(String topic, byte[] payload, boolean retained) {
    publish(topic, payload, retained, ignored -> {});
  }

  /**
   * Ends it, at any stage. An opened connection says goodbye after what was published before,
   * within a second, and leaves no will behind.
   */
  void close();
}
