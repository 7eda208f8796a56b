package io.edgeflow.lab.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Lets every MQTT 5 publish of some topics come twice, and now and then an old one once more behind
 * newer ones. The copies go at QoS 0, so that the two ends keep agreeing about packet numbers.
 */
public final class Repeater implements Alteration {
  private static final int PUBLISH = 3;
  private static final int REMEMBERED = 5;

  private final Predicate<String> topics;
  private final LongAdder copies;
  private final MqttPackets packets = new MqttPackets();
  private final Deque<byte[]> old = new ArrayDeque<>();

  /**
   * @param copies counts those that were added
   */
  public Repeater(Predicate<String> topics, LongAdder copies) {
    this.topics = topics;
    this.copies = copies;
  }

  @Override
  public byte[] pass(byte[] bytes, int length) {
    var out = new ByteArrayOutputStream();
    for (byte[] packet : packets.add(bytes, length)) {
      out.writeBytes(packet);
      if ((packet[0] & 0xf0) >> 4 == PUBLISH) {
        repeat(packet, out);
      }
    }
    return out.toByteArray();
  }

  private void repeat(byte[] packet, ByteArrayOutputStream out) {
    int topicAt = 2;
    while ((packet[topicAt - 1] & 0x80) != 0) {
      topicAt++;
    }
    int topicBytes = ((packet[topicAt] & 0xff) << 8) | (packet[topicAt + 1] & 0xff);
    int idAt = topicAt + 2 + topicBytes;
    String topic = new String(packet, topicAt + 2, topicBytes, UTF_8);
    // An empty one stands for a number that was agreed on with an earlier topic.
    if (!topic.isEmpty() && !topics.test(topic)) {
      return;
    }
    int idBytes = (packet[0] & 0x06) == 0 ? 0 : 2;
    byte[] copy = atMostOnce(packet, topicAt, idAt, idBytes);
    out.writeBytes(copy);
    copies.increment();
    old.addLast(copy);
    if (old.size() > REMEMBERED) {
      out.writeBytes(old.removeFirst());
      copies.increment();
    }
  }

  private static byte[] atMostOnce(byte[] packet, int topicAt, int idAt, int idBytes) {
    var copy = new ByteArrayOutputStream();
    copy.write(PUBLISH << 4);
    int length = packet.length - topicAt - idBytes;
    do {
      copy.write(length > 0x7f ? (length & 0x7f) | 0x80 : length);
      length >>= 7;
    } while (length > 0);
    copy.write(packet, topicAt, idAt - topicAt);
    copy.write(packet, idAt + idBytes, packet.length - idAt - idBytes);
    return copy.toByteArray();
  }
}
