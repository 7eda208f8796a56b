package io.edgeflow.lab.sim;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * As much of an MQTT 5 broker as a publisher needs, with the manners of a bad day: it cuts
 * connections before and after it has kept a message, acknowledges late, and keeps an exact
 * account.
 */
final class FlakyBroker implements AutoCloseable {
  private final ServerSocket listener;
  private final Thread accepting;
  private final Random random;
  private final double cutting;

  // Guarded by this.
  private final Map<String, Integer> kept = new HashMap<>();
  private final Map<String, Integer> acknowledged = new HashMap<>();
  private final List<Socket> open = new ArrayList<>();
  private int cuts;

  /**
   * @param cutting the chance that a publish ends its connection
   */
  FlakyBroker(long seed, double cutting) throws IOException {
    this(0, seed, cutting);
  }

  FlakyBroker(int port, long seed, double cutting) throws IOException {
    this.random = new Random(seed);
    this.cutting = cutting;
    this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.accepting = Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return URI.create("tcp://127.0.0.1:" + listener.getLocalPort());
  }

  /** How often each message (topic and payload) arrived. */
  synchronized Map<String, Integer> kept() {
    return Map.copyOf(kept);
  }

  /** How often an acknowledgement of each message was written to a socket. */
  synchronized Map<String, Integer> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  synchronized int cuts() {
    return cuts;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        synchronized (this) {
          open.add(socket);
        }
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Deque<Arrived> waiting = new ArrayDeque<>();
      while (true) {
        int type = firstByte(socket, in, waiting, out);
        byte[] body = in.readNBytes(varint(in));
        if (type >> 4 == 1) {
          out.write(new byte[] {0x20, 3, 0, 0, 0});
        } else if (type >> 4 == 3) {
          if (!publish(body, waiting, out)) {
            return;
          }
        } else if (type >> 4 == 12) {
          out.write(new byte[] {(byte) 0xD0, 0});
        } else if (type >> 4 == 14) {
          return;
        }
        out.flush();
      }
    } catch (IOException gone) {
      // A publisher may go at any moment.
    }
  }

  /** Nothing comes for a while: then what was held back is acknowledged. */
  private int firstByte(Socket socket, DataInputStream in, Deque<Arrived> waiting, OutputStream out)
      throws IOException {
    while (true) {
      try {
        socket.setSoTimeout(20);
        int first = in.readUnsignedByte();
        socket.setSoTimeout(0);
        return first;
      } catch (SocketTimeoutException quiet) {
        acknowledgeAll(waiting, out);
      }
    }
  }

  private record Arrived(String message, int packetId) {}

  /** Returns false to cut the connection. */
  private synchronized boolean publish(byte[] body, Deque<Arrived> waiting, OutputStream out)
      throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(body));
    String topic = in.readUTF();
    int packetId = in.readUnsignedShort();
    in.skipNBytes(varint(in));
    String message = topic + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    if (random.nextDouble() < cutting) {
      cuts++;
      if (random.nextBoolean()) {
        kept.merge(message, 1, Integer::sum);
      }
      return false;
    }
    kept.merge(message, 1, Integer::sum);
    waiting.add(new Arrived(message, packetId));
    if (random.nextInt(4) > 0) {
      acknowledgeAll(waiting, out);
    }
    return true;
  }

  private synchronized void acknowledgeAll(Deque<Arrived> waiting, OutputStream out)
      throws IOException {
    while (!waiting.isEmpty()) {
      acknowledge(waiting.remove(), out);
    }
    out.flush();
  }

  private void acknowledge(Arrived arrived, OutputStream out) throws IOException {
    acknowledged.merge(arrived.message(), 1, Integer::sum);
    out.write(new byte[] {0x40, 2, (byte) (arrived.packetId() >> 8), (byte) arrived.packetId()});
  }

  private static int varint(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (next & 0x7F) << shift;
      if (next < 128) {
        break;
      }
    }
    return value;
  }

  /** When it returns, the port is free. */
  @Override
  public void close() throws IOException {
    listener.close();
    try {
      // A listener on which a virtual thread waits is closed when that has noticed.
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
