package io.edgeflow.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Listeners of tests on this machine's own interface. */
public final class Loopback {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 500;

  private Loopback() {}

  /**
   * A port that is free now, for a listener that opens only after somebody was told where. It is
   * below those that outgoing connections are given: with many tests at once one of these gets a
   * port that was free a moment ago.
   */
  public static int freePort() throws IOException {
    IOException last = new IOException();
    for (int i = 0; i < TRIES; i++) {
      try (var probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw last;
  }

  /** Whether somebody listens there. */
  public static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
