package io.edgeflow.lab.proxy;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Lets the first MQTT 5 publish of some topics pass and makes the content of all others unreadable:
 * the connection works, packets are answered, and what matters never comes.
 */
public final class Scrambler implements Alteration {
  private final Predicate<String> topics;
  private final LongAdder scrambled;
  private final MqttPackets packets = new MqttPackets();
  private boolean first = true;

  /**
   * @param scrambled counts those that were changed
   */
  public Scrambler(Predicate<String> topics, LongAdder scrambled) {
    this.topics = topics;
    this.scrambled = scrambled;
  }

  @Override
  public byte[] pass(byte[] bytes, int length) {
    var out = new ByteArrayOutputStream();
    for (MqttPacket packet : packets.add(bytes, length)) {
      if (passes(packet)) {
        out.writeBytes(packet.bytes());
      } else {
        scrambled.increment();
        out.writeBytes(packet.unreadable());
      }
    }
    return out.toByteArray();
  }

  private boolean passes(MqttPacket packet) {
    // An empty topic stands for a number that was agreed on with an earlier one.
    if (!packet.isPublish() || !(packet.topic().isEmpty() || topics.test(packet.topic()))) {
      return true;
    }
    boolean passes = first;
    first = false;
    return passes;
  }
}
