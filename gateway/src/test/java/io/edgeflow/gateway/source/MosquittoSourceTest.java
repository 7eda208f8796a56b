package io.edgeflow.gateway.source;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Mosquitto. */
final class MosquittoSourceTest extends SourceContract {
  @TempDir private Path folder;

  @Override
  Peer peer() throws Exception {
    return Peer.mosquitto(folder.resolve("mosquitto"));
  }
}
