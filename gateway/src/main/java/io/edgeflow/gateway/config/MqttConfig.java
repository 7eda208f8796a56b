package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Loopback;
import io.edgeflow.process.settings.Range;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The broker that sensors publish to.
 *
 * @param port 0 takes a free one
 * @param users a file of names and hashed passwords; required beyond loopback
 * @param maxPacketBytes a larger packet closes its connection
 * @param receiveMaximum publishes that a client may leave unacknowledged
 * @param maxConnections clients at the same time
 * @param maxBytesPerSecond of all clients together; bounds what waits in the broker (A2)
 * @param webSocket where MQTT over WebSocket is taken too; absent: nowhere
 */
public record MqttConfig(
    @Default("127.0.0.1") String host,
    @Default("1883") @Range(min = "0", max = "65535") int port,
    Optional<Path> users,
    @Default("2MiB") @Range(min = "1KiB", max = "256MiB") ByteSize maxPacketBytes,
    @Default("2000") @Range(min = "1", max = "65535") int receiveMaximum,
    @Default("2000") @Range(min = "1", max = "100000") int maxConnections,
    @Default("32MiB") @Range(min = "64KiB") ByteSize maxBytesPerSecond,
    Optional<WebSocketConfig> webSocket) {
  public MqttConfig {
    new Check()
        .that(!host.isBlank(), "host", "must not be blank")
        .that(
            webSocket.isEmpty() || webSocket.get().port() == 0 || webSocket.get().port() != port,
            "webSocket.port",
            "must differ from mqtt.port")
        .that(Loopback.holds(host) || users.isPresent(), "host", Loopback.REFUSAL)
        .orRefuse();
  }
}
