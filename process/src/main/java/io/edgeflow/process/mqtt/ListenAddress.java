package io.edgeflow.process.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Holds the broker's port from before HiveMQ starts until our extension is in place, listening but
 * answering nobody. HiveMQ binds its listener also when the extension failed: then it finds the
 * port taken and fails as well, so no client ever meets a broker without our extension (A7).
 */
final class ListenAddress implements AutoCloseable {
  private final ServerSocket held;
  private final InetAddress address;

  private ListenAddress(ServerSocket held, InetAddress address) {
    this.held = held;
    this.address = address;
  }

  /**
   * Holds the port, or a free one for 0.
   *
   * @param key the setting of the port, for a person
   */
  static ListenAddress hold(String host, int port, String key) throws BrokerStartException {
    InetAddress address = resolve(host);
    try {
      ServerSocket socket = new ServerSocket();
      try {
        // As HiveMQ will bind it: a port with closing connections of the last run is free.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port), 1);
        return new ListenAddress(socket, address);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BrokerStartException(
          "the MQTT listener cannot use port %d of %s (does it run already? else set another %s): %s"
              .formatted(port, host, key, e.getMessage()),
          e);
    }
  }

  static boolean isLoopback(String host) throws BrokerStartException {
    return resolve(host).isLoopbackAddress();
  }

  private static InetAddress resolve(String host) throws BrokerStartException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new BrokerStartException("the MQTT listener's host is unknown: " + host, e);
    }
  }

  String host() {
    return address.getHostAddress();
  }

  int port() {
    return held.getLocalPort();
  }

  /** Lets the port go; twice is fine. */
  @Override
  public void close() {
    try {
      held.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket that was never used does not close", e);
    }
  }
}
