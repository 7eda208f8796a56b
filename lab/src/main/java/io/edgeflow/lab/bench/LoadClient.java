package io.edgeflow.lab.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One MQTT 3.1.1 publisher that does next to nothing but publish: QoS 1, a fixed window of
 * unacknowledged messages, packets patched in place, acknowledgements counted by their four bytes.
 * A library's client would be the slowest part of the measurement.
 */
final class LoadClient implements AutoCloseable {
  private static final int POINTS = 25;
  private static final int STAMP_DIGITS = 13;
  private static final int ACK_BYTES = 4;
  private static final int SILENCE_MILLIS = 15_000;

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[][] packets = new byte[POINTS][];
  private final AtomicLong acknowledged = new AtomicLong();
  private final byte[] batch = new byte[64 * 1024];
  private final byte[] acks = new byte[16 * 1024];
  private final int window;
  private long stamp;
  private int packetId;
  private int point;
  private int halfAck;
  private int batched;

  /**
   * @param stampMillis of the first reading; each further one is a millisecond later
   */
  LoadClient(int port, String name, int window, long stampMillis) throws IOException {
    this.window = window;
    this.stamp = stampMillis;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.socket.setTcpNoDelay(true);
    this.socket.setSoTimeout(SILENCE_MILLIS);
    this.out = socket.getOutputStream();
    this.in = socket.getInputStream();
    for (int i = 0; i < POINTS; i++) {
      packets[i] = packet("sensors/" + name + "/point-" + i);
    }
    connect(name);
  }

  /** Acknowledged so far; for any thread. */
  long acknowledged() {
    return acknowledged.get();
  }

  /**
   * Keeps the window full until the time is over or the socket is closed.
   *
   * @throws IOException if the broker closed the connection, answered something else than a PUBACK,
   *     or nothing for {@value #SILENCE_MILLIS} ms
   */
  void run(long untilNanos) throws IOException {
    int outstanding = 0;
    while (System.nanoTime() < untilNanos || outstanding > 0) {
      boolean publishing = System.nanoTime() < untilNanos;
      while (publishing && outstanding < window && batched + packets[0].length + 8 < batch.length) {
        publish();
        outstanding++;
      }
      out.write(batch, 0, batched);
      batched = 0;
      outstanding -= readAcks();
    }
  }

  private int readAcks() throws IOException {
    int read = in.read(acks, halfAck, acks.length - halfAck);
    if (read < 0) {
      throw new IOException("the broker closed the connection");
    }
    int bytes = halfAck + read;
    int complete = bytes / ACK_BYTES;
    for (int i = 0; i < complete; i++) {
      if (acks[i * ACK_BYTES] != 0x40) {
        throw new IOException("the broker sent something else than a PUBACK");
      }
    }
    halfAck = bytes % ACK_BYTES;
    System.arraycopy(acks, complete * ACK_BYTES, acks, 0, halfAck);
    acknowledged.lazySet(acknowledged.get() + complete);
    return complete;
  }

  private void publish() {
    byte[] packet = packets[point];
    System.arraycopy(packet, 0, batch, batched, packet.length);
    packetId = packetId % 65_535 + 1;
    int idAt = batched + packet.length - PAYLOAD.length - 2;
    batch[idAt] = (byte) (packetId >> 8);
    batch[idAt + 1] = (byte) packetId;
    long left = stamp++;
    int end = batched + packet.length - 1;
    for (int i = 1; i <= STAMP_DIGITS; i++) {
      batch[end - i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    batched += packet.length;
    point = (point + 1) % POINTS;
  }

  private static final byte[] PAYLOAD = "{\"value\":21.57,\"ts\":0000000000000}".getBytes(US_ASCII);

  private static byte[] packet(String topic) {
    byte[] name = topic.getBytes(US_ASCII);
    int length = 2 + name.length + 2 + PAYLOAD.length;
    if (length > 127) {
      throw new IllegalArgumentException("the name is too long: " + topic);
    }
    var packet = new ByteArrayOutputStream();
    packet.write(0x32);
    packet.write(length);
    packet.write(0);
    packet.write(name.length);
    packet.writeBytes(name);
    packet.write(0);
    packet.write(0);
    packet.writeBytes(PAYLOAD);
    return packet.toByteArray();
  }

  private void connect(String name) throws IOException {
    out.write(SensorSocket.connectPacket(name));
    byte[] answer = in.readNBytes(4);
    if (answer.length < 4 || answer[0] != 0x20 || answer[3] != 0) {
      throw new IOException("the broker refused the connection");
    }
  }

  /** Whether a broker answers at this port. */
  static boolean answers(int port) {
    try (LoadClient probe = new LoadClient(port, "probe", 1, 0)) {
      return probe.acknowledged() == 0;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
