package io.edgeflow.lab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One MQTT 3.1.1 publisher of any messages, at QoS 1 with a fixed window of unacknowledged ones. It
 * does next to nothing, so that what is measured beside it is not its own work. One thread
 * publishes.
 */
final class SensorSocket implements AutoCloseable {
  private static final int PUBACK = 0x40;
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Socket socket;
  private final OutputStream out;
  private final Semaphore window;
  private final int size;
  private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
  private int packetId;
  private volatile boolean ended;

  SensorSocket(int port, String name, int window) throws IOException {
    this.size = window;
    this.window = new Semaphore(window);
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    connect(name);
    Thread.ofPlatform().daemon().name(name + "-acks").start(this::readAcks);
  }

  /** Waits until there is room in the window. */
  void publish(String topic, String payload) throws IOException, InterruptedException {
    if (!window.tryAcquire(SILENCE.toSeconds(), TimeUnit.SECONDS) || ended) {
      throw new IOException("the broker does not acknowledge");
    }
    packetId = packetId % 65_535 + 1;
    write(0x32, topic, payload, new byte[] {(byte) (packetId >> 8), (byte) packetId});
  }

  /** At QoS 0: nothing tells whether it came. */
  void publishOnce(String topic, String payload) throws IOException {
    write(0x30, topic, payload, new byte[0]);
  }

  private void write(int type, String topic, String payload, byte[] id) throws IOException {
    byte[] name = topic.getBytes(UTF_8);
    byte[] body = payload.getBytes(UTF_8);
    packet.reset();
    packet.write(type);
    length(2 + name.length + id.length + body.length);
    number(name.length);
    packet.writeBytes(name);
    packet.writeBytes(id);
    packet.writeBytes(body);
    packet.writeTo(out);
  }

  /** Waits until everything is acknowledged. */
  void drain() throws IOException, InterruptedException {
    if (!window.tryAcquire(size, SILENCE.toSeconds(), TimeUnit.SECONDS) || ended) {
      throw new IOException("the broker does not acknowledge");
    }
    window.release(size);
  }

  private void readAcks() {
    try (InputStream in = socket.getInputStream()) {
      while (true) {
        byte[] ack = in.readNBytes(4);
        if (ack.length < 4) {
          throw new EOFException("the broker closed the connection");
        }
        if (ack[0] != PUBACK) {
          throw new IOException("the broker sent something else than a PUBACK");
        }
        window.release();
      }
    } catch (IOException gone) {
      ended = true;
      window.release(size);
    }
  }

  /** Of a client with a clean session and a name of 100 characters at most. */
  static byte[] connectPacket(String name) {
    byte[] id = name.getBytes(UTF_8);
    var connect = new ByteArrayOutputStream();
    connect.write(0x10);
    connect.write(12 + id.length);
    connect.writeBytes(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0});
    connect.write(id.length);
    connect.writeBytes(id);
    return connect.toByteArray();
  }

  private void connect(String name) throws IOException {
    out.write(connectPacket(name));
    byte[] answer = socket.getInputStream().readNBytes(4);
    if (answer.length < 4 || answer[0] != 0x20 || answer[3] != 0) {
      throw new IOException("the broker refused the connection");
    }
  }

  private void number(int value) {
    packet.write(value >> 8);
    packet.write(value);
  }

  private void length(int value) {
    int left = value;
    while (left >= 0x80) {
      packet.write(left | 0x80);
      left >>>= 7;
    }
    packet.write(left);
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
