package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.frame.Incarnation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the cloud's broker is, and as whom to go there.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}
 * @param edge the name of the edge
 * @param incarnation part of the client id, so that a copy of this edge never takes over its
 *     connection (J4)
 * @param connectTimeout at least a second
 */
public record LinkSettings(
    String url,
    String edge,
    Incarnation incarnation,
    @Nullable String user,
    @Nullable String password,
    Duration connectTimeout,
    Duration keepAlive) {
  /** Without the password. */
  @Override
  public String toString() {
    return "LinkSettings[" + url + ", " + edge + "]";
  }
}
