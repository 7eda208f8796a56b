package io.edgeflow.gateway.source;

/** Against HiveMQ CE, over WebSocket. */
final class WebSocketSourceTest extends SourceContract {
  @Override
  Peer peer() throws Exception {
    return Peer.webSocket();
  }
}
