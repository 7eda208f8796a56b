package io.edgeflow.gateway.source;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A broker that does what no broker should: what the test tells it, byte by byte. */
final class StubBroker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final ServerSocket server;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  StubBroker() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        lines.add(new Line(server.accept()));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** The next connection that somebody opened. */
  Line next() throws InterruptedException {
    Line line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nobody connects");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One connection. */
  static final class Line implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)));
      in = new DataInputStream(socket.getInputStream());
    }

    /** A whole packet: its first byte, and what is behind its length. */
    byte[] read() throws IOException {
      int header = in.read();
      if (header < 0) {
        throw new EOFException();
      }
      int length = in.readUnsignedByte();
      if (length > 0x7f) {
        length = (length & 0x7f) | (in.readUnsignedByte() << 7);
      }
      byte[] packet = new byte[length + 1];
      packet[0] = (byte) header;
      in.readFully(packet, 1, length);
      return packet;
    }

    /** The version that a CONNECT asks for: 4 or 5. */
    int readConnect() throws IOException {
      return read()[7];
    }

    void write(int... bytes) throws IOException {
      byte[] packet = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        packet[i] = (byte) bytes[i];
      }
      socket.getOutputStream().write(packet);
    }

    /** Lets an MQTT 5 client with one subscription in. */
    Line welcome() throws IOException {
      readConnect();
      write(0x20, 3, 0, 0, 0);
      read();
      write(0x90, 4, 0, 1, 0, 1);
      return this;
    }

    /** To the topic {@code s/1}, at QoS 1, MQTT 5. */
    void publish(int id, int payload) throws IOException {
      write(0x32, 9, 0, 3, 's', '/', '1', id >> 8, id & 0xff, 0, payload);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
