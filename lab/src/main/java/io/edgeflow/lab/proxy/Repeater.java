package io.edgeflow.lab.proxy;

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
    for (MqttPacket packet : packets.add(bytes, length)) {
      out.writeBytes(packet.bytes());
      // An empty topic stands for a number that was agreed on with an earlier one.
      if (packet.isPublish() && (packet.topic().isEmpty() || topics.test(packet.topic()))) {
        repeat(packet.atMostOnce(), out);
      }
    }
    return out.toByteArray();
  }

  private void repeat(byte[] copy, ByteArrayOutputStream out) {
    out.writeBytes(copy);
    copies.increment();
    old.addLast(copy);
    if (old.size() > REMEMBERED) {
      out.writeBytes(old.removeFirst());
      copies.increment();
    }
  }
}
