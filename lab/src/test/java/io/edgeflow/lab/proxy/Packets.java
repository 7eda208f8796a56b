package io.edgeflow.lab.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** MQTT 5 packets for tests. */
final class Packets {
  private Packets() {}

  /** An MQTT 5 packet with packet number 77, unless its QoS is 0, and no properties. */
  static byte[] publish(int qos, String topic, String payload) {
    var body = new ByteArrayOutputStream();
    byte[] name = topic.getBytes(UTF_8);
    body.write(name.length >> 8);
    body.write(name.length);
    body.writeBytes(name);
    if (qos > 0) {
      body.write(0);
      body.write(77);
    }
    body.write(0);
    body.writeBytes(payload.getBytes(UTF_8));
    var packet = new ByteArrayOutputStream();
    packet.write(3 << 4 | qos << 1);
    int length = body.size();
    if (length > 127) {
      packet.write((length & 0x7f) | 0x80);
      packet.write(length >> 7);
    } else {
      packet.write(length);
    }
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  static byte[] together(byte[]... packets) {
    var all = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      all.writeBytes(packet);
    }
    return all.toByteArray();
  }
}
