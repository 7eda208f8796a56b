package io.edgeflow.gateway.source.client;

import io.edgeflow.gateway.source.SourceLink;
import io.edgeflow.gateway.source.SourceSettings;
import io.edgeflow.gateway.source.SourceVersion;

/** Connects over TCP, TLS or a WebSocket. Each attempt has two threads, which end with it. */
public final class SocketSourceLink implements SourceLink {
  @Override
  public Attempt open(SourceSettings settings, SourceVersion version, Listener listener) {
    SourceConnection connection = new SourceConnection(settings, version, listener);
    Thread.ofVirtual().name("source-" + settings.name()).start(connection);
    return connection;
  }
}
