package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.lifecycle.Lifecycle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The edge process as a whole. */
@Timeout(60)
final class EdgeProcessTest {
  @TempDir Path temp;

  @Test
  void findsATakenWebPortBeforeItTouchesAnythingElse() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var holder = new ServerSocket(settings.httpPort, 1, InetAddress.getLoopbackAddress())) {
      var refusal =
          assertThrows(
              IOException.class,
              () ->
                  EdgeProcess.start(
                      settings.with(), new Lifecycle("gateway"), Surroundings.real()));

      assertTrue(
          String.valueOf(refusal.getMessage()).contains("127.0.0.1:" + holder.getLocalPort()),
          refusal::toString);
      assertFalse(Files.exists(settings.dataDir), "the data directory was made");
    }
  }
}
