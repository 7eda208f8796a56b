package io.edgeflow.gateway.source;

/** Against HiveMQ CE. */
final class EmbeddedSourceTest extends SourceContract {
  @Override
  Peer peer() throws Exception {
    return Peer.embedded();
  }
}
