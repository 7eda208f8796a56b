package io.edgeflow.gateway.source.client;

import java.util.List;

/** What a broker may say to a client that only subscribes. */
sealed interface Packet {
  /**
   * @param code 0 lets us in
   * @param isFive whether it has the form of MQTT 5
   */
  record ConnAck(boolean isResumed, int code, boolean isFive, Properties properties)
      implements Packet {}

  /** One code for each subscription, in order. */
  record SubAck(List<Integer> codes) implements Packet {}

  /**
   * @param id 0 at QoS 0
   * @param payload its own array; of a message beyond the reader's limit only the beginning
   */
  @SuppressWarnings("ArrayRecordComponent") // Megabytes, which nobody compares.
  record Publish(String topic, int qos, boolean isRetained, int id, byte[] payload)
      implements Packet {}

  /** The answer to a ping. */
  record PingResp() implements Packet {}

  /** The broker's goodbye, MQTT 5 only. */
  record Disconnect(int code, Properties properties) implements Packet {}
}
