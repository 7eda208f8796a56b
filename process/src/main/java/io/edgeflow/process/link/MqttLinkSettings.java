package io.edgeflow.process.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is, and as whom to go there.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}
 * @param clientId the broker ends another connection of the same name
 * @param connectTimeout at least a second
 * @param keepAlive the broker gives a silent connection up after one and a half of it
 * @param window unacknowledged publishes at most, if the broker allows that many
 */
public record MqttLinkSettings(
    String url,
    String clientId,
    @Nullable String user,
    @Nullable String password,
    Duration connectTimeout,
    Duration keepAlive,
    int window) {
  /** Without the password. */
  @Override
  public String toString() {
    return "MqttLinkSettings[" + url + ", " + clientId + "]";
  }
}
