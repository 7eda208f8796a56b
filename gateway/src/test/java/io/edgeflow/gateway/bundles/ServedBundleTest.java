package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.bundles.TestPublisher.Published;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Download;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.trust.BundleFiles;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that has a bundle gives it on to another, through the server that clouds and hubs use.
 */
@Timeout(120)
final class ServedBundleTest {
  private static final int PIECE = 10_000;

  @TempDir private Path temp;

  @Test
  void givesOnWhatItHas() throws Exception {
    try (var rig = new StoreRig(temp.resolve("hub"))) {
      Published bundle =
          rig.publisher.application("1", 1, TestPublisher.random(3, 200_000), 20_000);
      rig.cloud.serve(bundle);
      rig.fetched(bundle);
      Vertx vertx = EventLoop.start(1);
      try (BundleStore hub = rig.open();
          WebServer server = WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), routes(hub));
          BundleStore member = behind(server, rig)) {
        StoreRig.fetched(member, bundle);
        assertEquals(2, member.keys().number());
      } finally {
        EventLoop.close(vertx);
      }
    }
  }

  private static Routes routes(BundleStore hub) {
    return new Routes()
        .get(
            "/api/v1/keys",
            _ ->
                Answer.text(
                    "application/json", new String(hub.keys().document().orElseThrow(), UTF_8)))
        .download(
            "/api/v1/bundles/{digest}/{file}",
            request -> file(hub, request.segment("digest"), request.segment("file")));
  }

  private static Download file(BundleStore hub, String digest, String file) throws Exception {
    try (FileChannel open =
        hub.open(digest, file).orElseThrow(() -> HttpRefusal.notFound("no such file"))) {
      ByteBuffer all = ByteBuffer.allocate((int) open.size());
      open.read(all, 0);
      byte[] bytes = all.array();
      return new Download(
          "application/octet-stream",
          BundleFiles.sha256(bytes),
          bytes.length,
          Map.of(),
          offset ->
              Arrays.copyOfRange(
                  bytes, (int) offset, (int) Math.min(bytes.length, offset + PIECE)));
    }
  }

  private BundleStore behind(WebServer hub, StoreRig rig) throws Exception {
    return BundleStore.open(
        new NioDisk(),
        temp.resolve("member"),
        rig.publisher.root.verifying(),
        DownloadSettings.of(hub.address(), Optional.empty(), Long.MAX_VALUE, 0),
        () -> false,
        () -> Optional.of(Instant.parse("2026-06-01T00:00:00Z")));
  }
}
