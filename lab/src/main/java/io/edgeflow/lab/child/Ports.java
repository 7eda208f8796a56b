package io.edgeflow.lab.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes that are started again and again at one address. Between asking and binding
 * another process may take the port; the start then fails and says so.
 *
 * <p>They are not from the range that outgoing connections get their ports from. While a listener
 * is down any client may be given such a port, and one that keeps trying to reach it on loopback
 * may even be given that very port and end up connected to itself; then the listener cannot come
 * back.
 */
public final class Ports {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int STEP = 10;
  private static final int TRIES = 500;

  private final Set<Integer> given = new HashSet<>();

  /** A port of the loopback interface that is free now. */
  public static int free() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port");
  }

  /** The usual port, or if somebody has it one a little above; never the same one twice. */
  public int near(int usual) throws IOException {
    for (int port = usual; port < usual + TRIES * STEP; port += STEP) {
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IOException("no free port near " + usual);
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket()) {
      // As the listeners do: a connection that was closed a moment ago is no hindrance.
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
