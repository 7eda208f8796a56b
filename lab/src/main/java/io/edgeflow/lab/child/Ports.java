package io.edgeflow.lab.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports for processes that are started again and again at one address. Between asking and binding
 * another process may take the port; the start then fails and says so.
 */
public final class Ports {
  private Ports() {}

  /** A port of the loopback interface that is free now. */
  public static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
