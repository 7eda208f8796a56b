package io.edgeflow.lab.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * One whole MQTT 5 packet.
 *
 * @param bytes from its type on
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on; nobody compares them.
record MqttPacket(byte[] bytes) {
  private static final int PUBLISH = 3;

  boolean isPublish() {
    return (bytes[0] & 0xf0) >> 4 == PUBLISH;
  }

  /** Of a publish. */
  String topic() {
    return new String(bytes, topicAt() + 2, topicBytes(), UTF_8);
  }

  /** The same publish with other bytes in the place of its payload. */
  byte[] unreadable() {
    byte[] other = bytes.clone();
    int at = idAt() + idBytes();
    int properties = 0;
    int shift = 0;
    do {
      properties |= (bytes[at] & 0x7f) << shift;
      shift += 7;
    } while ((bytes[at++] & 0x80) != 0);
    Arrays.fill(other, at + properties, other.length, (byte) '?');
    return other;
  }

  /** The same publish at QoS 0, which has no packet number and wants no answer. */
  byte[] atMostOnce() {
    int idAt = idAt();
    int idBytes = idBytes();
    var copy = new ByteArrayOutputStream();
    copy.write(PUBLISH << 4);
    int length = bytes.length - topicAt() - idBytes;
    do {
      copy.write(length > 0x7f ? (length & 0x7f) | 0x80 : length);
      length >>= 7;
    } while (length > 0);
    copy.write(bytes, topicAt(), idAt - topicAt());
    copy.write(bytes, idAt + idBytes, bytes.length - idAt - idBytes);
    return copy.toByteArray();
  }

  private int idAt() {
    return topicAt() + 2 + topicBytes();
  }

  private int idBytes() {
    return (bytes[0] & 0x06) == 0 ? 0 : 2;
  }

  /** Behind the type and the length, which takes one to four bytes. */
  private int topicAt() {
    int at = 2;
    while ((bytes[at - 1] & 0x80) != 0) {
      at++;
    }
    return at;
  }

  private int topicBytes() {
    return ((bytes[topicAt()] & 0xff) << 8) | (bytes[topicAt() + 1] & 0xff);
  }
}
