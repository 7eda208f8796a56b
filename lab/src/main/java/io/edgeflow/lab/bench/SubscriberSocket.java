package io.edgeflow.lab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * One MQTT 3.1.1 subscriber that does next to nothing: it tells what came, and acknowledges it
 * where that is asked for. A thread of its own listens.
 */
final class SubscriberSocket implements AutoCloseable {
  private static final int PUBLISH = 3;
  private static final int SUBACK = 9;

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;
  private final Listener listener;

  /** Hears of messages on the listening thread. */
  interface Listener {
    /**
     * @param nanos when it came, monotonic
     */
    void came(String topic, byte[] payload, long nanos);
  }

  /**
   * Returns when the broker has confirmed the subscriptions.
   *
   * @param qos at which messages are wanted
   */
  SubscriberSocket(int port, String name, int qos, Listener listener, String... topics)
      throws IOException {
    this.listener = listener;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out.write(SensorSocket.connectPacket(name));
    if (packet()[2] != 0) {
      throw new IOException("the broker refused the connection");
    }
    out.write(subscribePacket(qos, topics));
    if ((packet()[0] & 0xff) >> 4 != SUBACK) {
      throw new IOException("the broker refused the subscription");
    }
    Thread.ofPlatform().daemon().name(name + "-messages").start(this::listen);
  }

  private static byte[] subscribePacket(int qos, String... topics) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1});
    for (String topic : topics) {
      byte[] name = topic.getBytes(UTF_8);
      body.write(name.length >> 8);
      body.write(name.length);
      body.writeBytes(name);
      body.write(qos);
    }
    var packet = new ByteArrayOutputStream();
    packet.write(0x82);
    packet.write(body.size());
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  private void listen() {
    try {
      while (true) {
        byte[] packet = packet();
        long now = System.nanoTime();
        if ((packet[0] & 0xff) >> 4 == PUBLISH) {
          message(packet, now);
        }
      }
    } catch (IOException closed) {
      // It was closed here, or what did not come is missed.
    }
  }

  private void message(byte[] packet, long now) throws IOException {
    int topicBytes = ((packet[1] & 0xff) << 8) | (packet[2] & 0xff);
    String topic = new String(packet, 3, topicBytes, UTF_8);
    int at = 3 + topicBytes;
    if ((packet[0] & 0x06) != 0) {
      out.write(new byte[] {0x40, 2, packet[at], packet[at + 1]});
      at += 2;
    }
    byte[] payload = new byte[packet.length - at];
    System.arraycopy(packet, at, payload, 0, payload.length);
    listener.came(topic, payload, now);
  }

  /** A whole packet without its length. */
  private byte[] packet() throws IOException {
    byte first = in.readByte();
    int length = 0;
    int shift = 0;
    int part;
    do {
      part = in.readUnsignedByte();
      length |= (part & 0x7f) << shift;
      shift += 7;
    } while ((part & 0x80) != 0);
    byte[] packet = new byte[1 + length];
    packet[0] = first;
    in.readFully(packet, 1, length);
    return packet;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
