package io.edgeflow.process.mqtt;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker listens and what it allows. HiveMQ's own defaults (no limit on connections,
 * packets of 256 MB) suit no small machine, so every limit is stated here.
 *
 * @param host an address or a name of this machine; beyond loopback {@code users} is required
 * @param port 0 to 65535; 0 takes a free one, see {@link EmbeddedBroker#port()}
 * @param users a file of names and hashed passwords, see {@link Users}; absent: everyone is let in
 * @param maximumQos the highest quality of service announced and accepted, 0 to 2
 * @param receiveMaximum QoS 1 and 2 publishes that an MQTT 5 client may leave unacknowledged, 1 to
 *     65535; one that exceeds it is cut off
 * @param maxPacketBytes of a whole MQTT packet; a larger one closes its connection
 * @param maxConnections clients connected at the same time
 * @param maxQueuedMessages kept for a subscriber that is slow or away; then its oldest go
 * @param incomingBytesPerSecond of all clients together, 0 for no limit
 * @param webSocketPort where MQTT over WebSocket is taken too, on the same host, with the path
 *     {@value #WEB_SOCKET_PATH}; 0 takes a free one; absent: nowhere
 * @param directory where the broker may keep its working files while it runs; absent: a temporary
 *     one. Nothing in it outlives the broker
 */
public record BrokerSettings(
    String host,
    int port,
    @Nullable Path users,
    int maximumQos,
    int receiveMaximum,
    int maxPacketBytes,
    int maxConnections,
    int maxQueuedMessages,
    long incomingBytesPerSecond,
    @Nullable Path directory,
    @Nullable Integer webSocketPort) {
  /** What browsers and clients are told to ask for. */
  public static final String WEB_SOCKET_PATH = "/mqtt";

  public static final int DEFAULT_RECEIVE_MAXIMUM = 2_000;
  public static final int DEFAULT_MAX_PACKET_BYTES = 2 << 20;
  public static final int DEFAULT_MAX_CONNECTIONS = 2_000;
  public static final int DEFAULT_MAX_QUEUED_MESSAGES = 2_000;
  public static final long DEFAULT_INCOMING_BYTES_PER_SECOND = 32L << 20;

  public BrokerSettings {
    // The host is written into an XML file in which HiveMQ also replaces ${NAME}.
    check(host.matches("[A-Za-z0-9.:_%-]{1,255}"), "host", host);
    check(port >= 0 && port <= 65_535, "port", port);
    check(maximumQos >= 0 && maximumQos <= 2, "maximumQos", maximumQos);
    check(receiveMaximum >= 1 && receiveMaximum <= 65_535, "receiveMaximum", receiveMaximum);
    check(maxPacketBytes >= 1 && maxPacketBytes <= 268_435_460, "maxPacketBytes", maxPacketBytes);
    check(maxConnections >= 1, "maxConnections", maxConnections);
    check(maxQueuedMessages >= 1, "maxQueuedMessages", maxQueuedMessages);
    check(incomingBytesPerSecond >= 0, "incomingBytesPerSecond", incomingBytesPerSecond);
    check(
        webSocketPort == null || (webSocketPort >= 0 && webSocketPort <= 65_535),
        "webSocketPort",
        String.valueOf(webSocketPort));
  }

  /** Without WebSockets. */
  public BrokerSettings(
      String host,
      int port,
      @Nullable Path users,
      int maximumQos,
      int receiveMaximum,
      int maxPacketBytes,
      int maxConnections,
      int maxQueuedMessages,
      long incomingBytesPerSecond,
      @Nullable Path directory) {
    this(
        host,
        port,
        users,
        maximumQos,
        receiveMaximum,
        maxPacketBytes,
        maxConnections,
        maxQueuedMessages,
        incomingBytesPerSecond,
        directory,
        null);
  }

  /** The defaults, with QoS 1 as the highest. */
  public static BrokerSettings of(String host, int port) {
    return new BrokerSettings(
        host,
        port,
        null,
        1,
        DEFAULT_RECEIVE_MAXIMUM,
        DEFAULT_MAX_PACKET_BYTES,
        DEFAULT_MAX_CONNECTIONS,
        DEFAULT_MAX_QUEUED_MESSAGES,
        DEFAULT_INCOMING_BYTES_PER_SECOND,
        null);
  }

  public BrokerSettings withUsers(@Nullable Path file) {
    return new BrokerSettings(
        host,
        port,
        file,
        maximumQos,
        receiveMaximum,
        maxPacketBytes,
        maxConnections,
        maxQueuedMessages,
        incomingBytesPerSecond,
        directory,
        webSocketPort);
  }

  public BrokerSettings withDirectory(@Nullable Path folder) {
    return new BrokerSettings(
        host,
        port,
        users,
        maximumQos,
        receiveMaximum,
        maxPacketBytes,
        maxConnections,
        maxQueuedMessages,
        incomingBytesPerSecond,
        folder,
        webSocketPort);
  }

  public BrokerSettings withMaxPacketBytes(int bytes) {
    return new BrokerSettings(
        host,
        port,
        users,
        maximumQos,
        receiveMaximum,
        bytes,
        maxConnections,
        maxQueuedMessages,
        incomingBytesPerSecond,
        directory,
        webSocketPort);
  }

  public BrokerSettings withWebSocketPort(@Nullable Integer webSocket) {
    return new BrokerSettings(
        host,
        port,
        users,
        maximumQos,
        receiveMaximum,
        maxPacketBytes,
        maxConnections,
        maxQueuedMessages,
        incomingBytesPerSecond,
        directory,
        webSocket);
  }

  private static void check(boolean good, String name, Object value) {
    if (!good) {
      throw new IllegalArgumentException("broker setting " + name + " is out of range: " + value);
    }
  }
}
