package io.edgeflow.process.mqtt;

import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folders HiveMQ asks for, with its configuration. Nothing in them is worth keeping: they are
 * made anew at each start and removed at each stop.
 */
final class BrokerDirectory implements AutoCloseable {
  private final Path root;

  private BrokerDirectory(Path root) {
    this.root = root;
  }

  /**
   * @param webSocketPort null: no such listener
   */
  static BrokerDirectory create(
      BrokerSettings settings, String host, int port, @Nullable Integer webSocketPort)
      throws IOException {
    Path parent = settings.directory();
    Path root;
    if (parent == null) {
      root = Files.createTempDirectory("edgeflow-broker-");
    } else {
      root = parent.resolve("hivemq");
      Folders.delete(root);
    }
    var directory = new BrokerDirectory(root);
    for (Path folder : new Path[] {directory.config(), directory.data(), directory.extensions()}) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        directory.config().resolve("config.xml"), xml(settings, host, port, webSocketPort));
    return directory;
  }

  Path config() {
    return root.resolve("conf");
  }

  Path data() {
    return root.resolve("data");
  }

  Path extensions() {
    return root.resolve("extensions");
  }

  @Override
  public void close() throws IOException {
    Folders.delete(root);
  }

  private static String webSocket(String host, @Nullable Integer port) {
    return port == null
        ? ""
        : """
        <websocket-listener>
              <port>%d</port>
              <bind-address>%s</bind-address>
              <path>%s</path>
              <name>mqtt-websocket</name>
              <subprotocols>
                <subprotocol>mqtt</subprotocol>
                <subprotocol>mqttv3.1</subprotocol>
              </subprotocols>
            </websocket-listener>\
        """
            .formatted(port, host, BrokerSettings.WEB_SOCKET_PATH);
  }

  private static String xml(
      BrokerSettings settings, String host, int port, @Nullable Integer webSocketPort) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <hivemq>
      <listeners>
        <tcp-listener>
          <port>%d</port>
          <bind-address>%s</bind-address>
          <name>mqtt</name>
        </tcp-listener>
        %s
      </listeners>
      <mqtt>
        <quality-of-service><max-qos>%d</max-qos></quality-of-service>
        <receive-maximum>
          <server-receive-maximum>%d</server-receive-maximum>
        </receive-maximum>
        <!-- Seconds: a session is in memory only, and its owner may never come back. -->
        <session-expiry><max-interval>86400</max-interval></session-expiry>
        <packets><max-packet-size>%d</max-packet-size></packets>
        <queued-messages>
          <max-queue-size>%d</max-queue-size>
          <strategy>discard-oldest</strategy>
        </queued-messages>
      </mqtt>
      <restrictions>
        <max-connections>%d</max-connections>
        <max-client-id-length>256</max-client-id-length>
        <max-topic-length>1024</max-topic-length>
        <incoming-bandwidth-throttling>%d</incoming-bandwidth-throttling>
      </restrictions>
      <persistence><mode>in-memory</mode></persistence>
      <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
    </hivemq>
    """
        .formatted(
            port,
            host,
            webSocket(host, webSocketPort),
            settings.maximumQos(),
            settings.receiveMaximum(),
            settings.maxPacketBytes(),
            settings.maxQueuedMessages(),
            settings.maxConnections(),
            settings.incomingBytesPerSecond());
  }
}
