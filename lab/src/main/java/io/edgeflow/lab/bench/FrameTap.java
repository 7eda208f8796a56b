package io.edgeflow.lab.bench;

import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.Lane;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands between a gateway and its cloud, hands every MQTT packet on as it is, and notes which
 * frames go up. Any thread may ask.
 */
final class FrameTap implements AutoCloseable {
  private static final int PUBLISH = 3;

  private final ServerSocket listener;
  private final InetSocketAddress cloud;

  // Guarded by this.
  private final Map<Long, Sighting> windows = new HashMap<>();
  private long frames;
  private long again;
  private long bytes;

  /**
   * A frame of the window lane.
   *
   * @param createdMicros when it was numbered, as it says
   * @param readings that it carries
   */
  record Sighting(long number, long createdMicros, long readings) {}

  /**
   * @param frames that went up, of all lanes
   * @param again of the window lane, more than once
   * @param bytes of all frames
   */
  record Figures(long frames, long again, long bytes) {}

  FrameTap(int port, URI cloud) throws IOException {
    this.cloud = new InetSocketAddress(cloud.getHost(), cloud.getPort());
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofPlatform().daemon().name("tap-accept").start(this::accept);
  }

  URI address() {
    return URI.create("tcp://127.0.0.1:" + listener.getLocalPort());
  }

  synchronized Figures figures() {
    return new Figures(frames, again, bytes);
  }

  /** Frames of the window lane with numbers above this one, in no order. */
  synchronized List<Sighting> above(long number) {
    return new ArrayList<>(windows.values().stream().filter(s -> s.number() > number).toList());
  }

  private void accept() {
    try {
      while (true) {
        Socket gateway = listener.accept();
        Socket broker = new Socket();
        try {
          broker.connect(cloud, 5_000);
        } catch (IOException absent) {
          gateway.close();
          continue;
        }
        gateway.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().name("tap-up").start(() -> up(gateway, broker));
        Thread.ofPlatform().daemon().name("tap-down").start(() -> down(broker, gateway));
      }
    } catch (IOException closed) {
      // The benchmark is over.
    }
  }

  private void up(Socket from, Socket to) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      while (true) {
        byte[] packet = packet(in);
        out.write(packet);
        note(packet);
      }
    } catch (IOException gone) {
      // One side is gone, and so is the other now.
    }
  }

  private static void down(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // As above.
    }
  }

  /** A whole packet, with its header. */
  private static byte[] packet(DataInputStream in) throws IOException {
    byte[] header = new byte[5];
    header[0] = in.readByte();
    int used = 1;
    int length = 0;
    do {
      header[used] = in.readByte();
      length |= (header[used] & 0x7f) << (7 * (used - 1));
    } while (header[used++] < 0 && used < header.length);
    byte[] packet = Arrays.copyOf(header, used + length);
    in.readFully(packet, used, length);
    return packet;
  }

  private void note(byte[] packet) {
    if ((packet[0] & 0xf0) >> 4 != PUBLISH) {
      return;
    }
    int at = 1;
    while (packet[at++] < 0) {}
    // The topic itself may be an alias; what is no frame is seen by its first bytes.
    int topicBytes = ((packet[at] & 0xff) << 8) | (packet[at + 1] & 0xff);
    // Behind the packet's number come its properties, which are few.
    int properties = at + 2 + topicBytes + 2;
    byte[] payload = Arrays.copyOfRange(packet, properties + 1 + packet[properties], packet.length);
    FrameCodec.header(payload).ifPresent(header -> note(header, payload.length));
  }

  private synchronized void note(FrameHeader header, int length) {
    frames++;
    bytes += length;
    long number = header.id().number();
    Sighting sighting = new Sighting(number, header.createdMicros(), header.readings());
    if (header.id().lane() == Lane.WINDOW && windows.put(number, sighting) != null) {
      again++;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
