package io.edgeflow.process.kafka;

/**
 * How a client of Kafka's is, at one moment.
 *
 * @param connected to a broker, and able to do its work
 * @param detail for people, what is wrong or in the way; empty if nothing is
 */
public record KafkaState(boolean connected, String detail) {
  /** Of several clients: what is wrong with the first that has something wrong. */
  public static KafkaState of(KafkaState one, KafkaState other) {
    if (!one.connected || !other.connected) {
      return one.connected ? other : one;
    }
    return one.detail.isEmpty() ? other : one;
  }
}
