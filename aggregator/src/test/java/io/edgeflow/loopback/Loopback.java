package io.edgeflow.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for listeners that open only after somebody was told where. They are below those that
 * outgoing connections are given: with many tests at once one of these gets a port that was free a
 * moment ago.
 */
public final class FreePort {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 500;

  private FreePort() {}

  /** One that is free on loopback now. */
  public static int any() throws IOException {
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
}
