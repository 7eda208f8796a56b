package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.SeriesEntry;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes up is handed on unchanged, and its frames are known. */
final class FrameTapTest {
  @Test
  void handsOnEveryByteAndKnowsTheFrames() throws Exception {
    byte[] sent = conversation();
    try (ServerSocket cloud = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FrameTap tap =
            new FrameTap(Ports.free(), URI.create("tcp://127.0.0.1:" + cloud.getLocalPort()));
        Socket gateway = new Socket(InetAddress.getLoopbackAddress(), tap.address().getPort())) {
      OutputStream out = gateway.getOutputStream();
      out.write(sent);
      gateway.shutdownOutput();
      try (Socket broker = cloud.accept()) {
        assertArrayEquals(sent, broker.getInputStream().readAllBytes());
      }
      assertEquals(3, tap.figures().frames());
      assertEquals(1, tap.figures().again());
      assertEquals(
          List.of(new FrameTap.Sighting(7, 1_007, 1)),
          tap.above(5).stream().filter(frame -> frame.number() == 7).toList());
      assertTrue(tap.above(7).isEmpty());
    }
  }

  /** A ping, a frame by its topic, and, by the topic's alias, another one twice. */
  private static byte[] conversation() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {(byte) 0xc0, 0});
    publish(all, "edgeflow/v1/pi-7/hello", new byte[] {}, "{}".getBytes(StandardCharsets.UTF_8));
    publish(all, "edgeflow/v1/pi-7/up/window", new byte[] {0x23, 0, 1}, frame(5));
    publish(all, "", new byte[] {0x23, 0, 1}, frame(7));
    publish(all, "", new byte[] {0x23, 0, 1}, frame(7));
    return all.toByteArray();
  }

  private static void publish(
      ByteArrayOutputStream to, String topic, byte[] properties, byte[] payload) {
    int length = 2 + topic.length() + 2 + 1 + properties.length + payload.length;
    to.write(0x32);
    if (length < 128) {
      to.write(length);
    } else {
      to.write((length & 0x7f) | 0x80);
      to.write(length >> 7);
    }
    to.write(0);
    to.write(topic.length());
    to.writeBytes(topic.getBytes(StandardCharsets.UTF_8));
    to.write(0);
    to.write(9);
    to.write(properties.length);
    to.writeBytes(properties);
    to.writeBytes(payload);
  }

  private static byte[] frame(long number) {
    ChangeRow change = new ChangeRow(0, 1, 1, 1, 5, null, Quality.GOOD);
    return FrameCodec.encode(
        new Frame(
            "pi-7",
            new FrameId(new Incarnation(1, 2), Lane.WINDOW, number),
            1_000 + number,
            1,
            number,
            List.of(new SeriesEntry("pump-7/mode", Kind.STATE, "")),
            List.of(),
            List.of(change),
            List.of(),
            List.of(),
            List.of()));
  }
}
