package io.edgeflow.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** An MQTT client that does only and exactly what a test tells it, also what no client may do. */
final class RawMqtt implements AutoCloseable {
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int PUBREC = 5;
  static final int PUBCOMP = 7;
  static final int SUBACK = 9;
  static final int PINGRESP = 13;
  static final int DISCONNECT = 14;

  private final Socket socket;
  private final DataInputStream in;
  private final int version;

  /** What came, without its fixed header. */
  static final class Packet {
    private final int type;
    private final byte[] body;

    Packet(int type, byte[] body) {
      this.type = type;
      this.body = body;
    }

    int type() {
      return type;
    }

    byte[] body() {
      return body;
    }

    int packetId() {
      return ((body[0] & 0xff) << 8) | (body[1] & 0xff);
    }
  }

  private RawMqtt(int port, int version) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
    this.version = version;
  }

  /** Connects and reads the CONNACK; version is 4 for MQTT 3.1.1 or 5. */
  static RawMqtt connect(int port, int version, String id, boolean clean) throws IOException {
    var client = new RawMqtt(port, version);
    client.sendConnect(id, clean);
    Packet answer = client.read(5_000);
    assertEquals(CONNACK, answer.type());
    assertEquals(0, answer.body()[1], "connect return code");
    return client;
  }

  static RawMqtt connect(int port, String id) throws IOException {
    return connect(port, 4, id, true);
  }

  private void sendConnect(String id, boolean clean) throws IOException {
    var body = new ByteArrayOutputStream();
    string(body, "MQTT");
    body.write(version);
    body.write(clean ? 2 : 0);
    body.write(0);
    body.write(60);
    if (version == 5) {
      // Session expiry interval: an hour.
      body.write(5);
      body.write(0x11);
      body.writeBytes(new byte[] {0, 0, 0x0e, 0x10});
    }
    string(body, id);
    send(0x10, body.toByteArray());
  }

  void publish(int qos, int packetId, boolean dup, String topic, String payload)
      throws IOException {
    publish(qos, packetId, dup, topic, payload.getBytes(UTF_8));
  }

  void publishRetained(int packetId, String topic, String payload) throws IOException {
    publish(0x33, 1, packetId, topic, payload.getBytes(UTF_8));
  }

  void publish(int qos, int packetId, boolean dup, String topic, byte[] payload)
      throws IOException {
    publish(0x30 | (dup ? 8 : 0) | (qos << 1), qos, packetId, topic, payload);
  }

  private void publish(int header, int qos, int packetId, String topic, byte[] payload)
      throws IOException {
    var body = new ByteArrayOutputStream();
    string(body, topic);
    if (qos > 0) {
      id(body, packetId);
    }
    if (version == 5) {
      body.write(0);
    }
    body.writeBytes(payload);
    send(header, body.toByteArray());
  }

  void pubrel(int packetId) throws IOException {
    var body = new ByteArrayOutputStream();
    id(body, packetId);
    send(0x62, body.toByteArray());
  }

  void subscribe(int packetId, String filter) throws IOException {
    var body = new ByteArrayOutputStream();
    id(body, packetId);
    if (version == 5) {
      body.write(0);
    }
    string(body, filter);
    body.write(1);
    send(0x82, body.toByteArray());
  }

  void ping() throws IOException {
    send(0xc0, new byte[0]);
  }

  private void send(int header, byte[] body) throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.write(header);
    int left = body.length;
    do {
      packet.write(left > 127 ? (left % 128) | 0x80 : left);
      left /= 128;
    } while (left > 0);
    packet.writeBytes(body);
    socket.getOutputStream().write(packet.toByteArray());
  }

  /**
   * @throws SocketTimeoutException if nothing comes in time
   * @throws EOFException if the broker closed the connection
   */
  Packet read(int timeoutMillis) throws IOException {
    socket.setSoTimeout(timeoutMillis);
    try {
      int header = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      int digit;
      do {
        digit = in.readUnsignedByte();
        length |= (digit & 0x7f) << shift;
        shift += 7;
      } while (digit > 127);
      byte[] body = new byte[length];
      in.readFully(body);
      return new Packet(header >> 4, body);
    } catch (SocketException reset) {
      throw new EOFException(reset.getMessage());
    }
  }

  /** Reads until the broker closes, and returns whether a packet of this type came before that. */
  boolean sawBeforeClose(int type, int timeoutMillis) throws IOException {
    boolean seen = false;
    long end = System.nanoTime() + timeoutMillis * 1_000_000L;
    while (true) {
      int left = (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
      try {
        seen |= read(left).type() == type;
      } catch (EOFException closed) {
        return seen;
      }
    }
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    id(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void id(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }

  /** Cuts the connection as a lost network does not: with a FIN. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
