package io.edgeflow.lab.proxy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of bytes into MQTT packets. One thread. */
final class MqttPackets {
  private static final int MOST_LENGTH_BYTES = 4;

  private byte[] rest = {};

  /** The packets that are complete now. */
  List<MqttPacket> add(byte[] bytes, int length) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(rest);
    all.write(bytes, 0, length);
    byte[] stream = all.toByteArray();
    List<MqttPacket> packets = new ArrayList<>();
    int start = 0;
    int end = end(stream, start);
    while (end > 0) {
      packets.add(new MqttPacket(slice(stream, start, end)));
      start = end;
      end = end(stream, start);
    }
    rest = slice(stream, start, stream.length);
    return packets;
  }

  /** Where the packet ends that begins there; -1 if it is not complete. */
  private static int end(byte[] stream, int start) {
    int length = 0;
    for (int i = 0; i < MOST_LENGTH_BYTES && start + 1 + i < stream.length; i++) {
      int part = stream[start + 1 + i];
      length |= (part & 0x7f) << (7 * i);
      if ((part & 0x80) == 0) {
        int end = start + 2 + i + length;
        return end <= stream.length ? end : -1;
      }
    }
    return -1;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    byte[] slice = new byte[to - from];
    System.arraycopy(bytes, from, slice, 0, slice.length);
    return slice;
  }
}
