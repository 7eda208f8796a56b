package io.edgeflow.gateway.bundles;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.uplink.BreakerState;
import io.edgeflow.gateway.uplink.UplinkCounts;
import io.edgeflow.gateway.uplink.UplinkState;
import io.edgeflow.gateway.uplink.UplinkStatus;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A download and live windows on one slow line that sends byte by byte in the order in which they
 * came, in simulated time: what the download has under way stands before the windows.
 */
final class SharedLineTest {
  private static final long MILLI = 1_000_000L;

  /** What socket and client take while nobody reads, and may so be under way; measured. */
  private static final int WINDOW_BYTES = 64 * 1024;

  private static final int PACKET = 1_400;
  private static final int READ = 16 * 1024;
  private static final int FRAME = 3_000;
  private static final long FRAME_EVERY = 1_000 * MILLI;

  /** Bytes of the download, or a frame with when it was sent. */
  private record Packet(int bytes, long frame, long sent) {
    boolean isFrame() {
      return frame >= 0;
    }
  }

  private final Queue<Packet> line = new ArrayDeque<>();
  private final Queue<Packet> waiting = new ArrayDeque<>();
  private final Throttle throttle = new Throttle(Long.MAX_VALUE);
  private final UplinkGauge gauge = new UplinkGauge(this::status, () -> this.now);
  private long now = -70_000 * MILLI;
  private long lineFree = now;
  private long readerFree = now;
  private long frames;
  private int underWay;
  private int unread;
  private long downloaded;
  private long worst;

  @ParameterizedTest
  @ValueSource(ints = {48_000, 64_000, 250_000, 1_000_000})
  void delaysNoLiveWindowBeyondTwoSeconds(int bytesPerSecond) {
    long end = now + 120_000 * MILLI;
    for (long frameAt = now; now < end; now += MILLI) {
      if (now >= frameAt) {
        send(new Packet(FRAME, frames++, now));
        frameAt += FRAME_EVERY;
      }
      while (underWay + unread + PACKET <= WINDOW_BYTES) {
        underWay += PACKET;
        send(new Packet(PACKET, -1, now));
      }
      carry(bytesPerSecond);
      read();
    }
    String figures =
        "%d bytes/s: worst %d ms, %d bytes".formatted(bytesPerSecond, worst / MILLI, downloaded);
    assertTrue(worst <= 2_000 * MILLI, figures);
    assertTrue(downloaded >= 60 * Throttle.TRICKLE / 2, figures);
  }

  private void send(Packet packet) {
    line.add(packet);
    if (packet.isFrame()) {
      waiting.add(packet);
    }
  }

  private void carry(int bytesPerSecond) {
    while (!line.isEmpty() && lineFree <= now) {
      Packet packet = line.remove();
      lineFree =
          Math.max(lineFree, now - MILLI) + packet.bytes() * (1_000 * MILLI) / bytesPerSecond;
      if (packet.isFrame()) {
        waiting.remove();
        worst = Math.max(worst, lineFree - packet.sent());
      } else {
        underWay -= packet.bytes();
        unread += packet.bytes();
      }
    }
  }

  private void read() {
    if (readerFree <= now && unread > 0) {
      int bytes = Math.min(READ, unread);
      unread -= bytes;
      downloaded += bytes;
      readerFree = now + throttle.took(bytes, gauge.getAsBoolean(), now);
    }
  }

  private UplinkStatus status() {
    Packet oldest = waiting.peek();
    return new UplinkStatus(
        UplinkState.SENDING,
        0,
        BreakerState.CLOSED,
        0,
        0,
        0,
        waiting.size(),
        waiting.size(),
        waiting.isEmpty(),
        oldest == null ? UplinkStatus.NONE : oldest.frame(),
        "",
        0,
        "",
        new UplinkCounts(0, 0, 0, 0, 0));
  }
}
