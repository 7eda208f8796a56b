package io.edgeflow.gateway.bundles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.bundles.TestPublisher.Published;
import io.edgeflow.gateway.deploy.FetchOutcome;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.site.cache.BundleCache;
import io.edgeflow.gateway.site.cache.SiteRoutes;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.link.Backoff;
import io.edgeflow.wire.document.Digests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A hub hands on to its members what it fetched once. */
@Execution(ExecutionMode.CONCURRENT)
final class SiteCacheTest {
  private static final int BYTES = 600_000;

  @TempDir private Path folder;
  private final TestPublisher publisher = new TestPublisher();
  private final List<AutoCloseable> open = new ArrayList<>();
  private TestCloud cloud;
  private BundleStore store;
  private BundleCache cache;
  private URI hub;

  @BeforeEach
  void start() throws Exception {
    cloud = keep(new TestCloud());
    cloud.keys(publisher);
    openCache();
    Routes routes =
        SiteRoutes.add(
            new Routes(),
            () -> cache,
            digest -> {
              throw new IOException("nobody");
            });
    Vertx vertx = EventLoop.start(1);
    keep(() -> EventLoop.close(vertx));
    WebServer server =
        keep(WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), routes, Optional.empty()));
    hub = server.address();
  }

  private void openCache() throws IOException {
    store = keep(store("hub", cloud.url()));
    cache = keep(new BundleCache(store, folder.resolve("cache.list"), BYTES * 2L));
  }

  private BundleStore store(String name, URI url) throws IOException {
    return BundleStore.open(
        new NioDisk(),
        folder.resolve(name),
        publisher.root.verifying(),
        new DownloadSettings(
            url,
            Optional.empty(),
            Long.MAX_VALUE,
            Duration.ofSeconds(10),
            new Backoff(10_000_000, 50_000_000),
            200,
            100_000,
            0),
        () -> false,
        Optional::empty);
  }

  private <T extends AutoCloseable> T keep(T part) {
    open.addFirst(part);
    return part;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  private Published published(int version) {
    Published bundle =
        publisher.application(
            "1.0." + version, version, TestPublisher.random(version, BYTES), 64 * 1024);
    cloud.serve(bundle);
    return bundle;
  }

  private FetchOutcome fetchAs(String member, Published bundle) throws Exception {
    try (BundleStore at = store(member, hub)) {
      return at.fetch(bundle.digest(), _ -> 0, (_, _) -> {}, () -> false);
    }
  }

  @Test
  void fetchesOnceWhateverTheNumberOfMembers() throws Exception {
    Published bundle = published(1);
    try (var members = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<FetchOutcome>> fetches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String name = "member-" + i;
        fetches.add(() -> fetchAs(name, bundle));
      }
      for (Future<FetchOutcome> outcome : members.invokeAll(fetches)) {
        assertInstanceOf(FetchOutcome.Fetched.class, outcome.get());
      }
    }
    assertTrue(
        cloud.rangeBytes.get() <= bundle.bytes(), () -> cloud.rangeBytes + " bytes were fetched");
  }

  @Test
  void servesWhatItHasWithTheCloudGoneAndAfterARestart() throws Exception {
    Published bundle = published(1);
    assertInstanceOf(FetchOutcome.Fetched.class, fetchAs("first", bundle));
    cache.keepOnly(Set.of());
    cloud.close();
    cache.close();
    store.close();
    openCache();
    cache.keepOnly(Set.of());
    assertInstanceOf(FetchOutcome.Fetched.class, fetchAs("second", bundle));
  }

  @Test
  void answersRangesAndTagsAsTheCloudDoes() throws Exception {
    Published bundle = published(1);
    fetchAs("first", bundle);
    byte[] image = bundle.file("node.tar.gz");
    String path = "/api/v1/bundles/" + bundle.digest() + "/node.tar.gz";
    HttpResponse<byte[]> part = get(path, "Range", "bytes=300000-300009");
    assertEquals(206, part.statusCode());
    assertArrayEquals(Arrays.copyOfRange(image, 300_000, 300_010), part.body());
    String tag = part.headers().firstValue("etag").orElseThrow();
    assertEquals('"' + Digests.of(image) + '"', tag);
    assertEquals(304, get(path, "If-None-Match", tag).statusCode());
    assertArrayEquals(image, get(path, "Accept", "*/*").body());
    assertArrayEquals(publisher.keys(), get("/api/v1/keys", "Accept", "*/*").body());
    assertEquals(404, get("/api/v1/bundles/none/x", "Accept", "*/*").statusCode());
    assertEquals(404, get(path + "x", "Accept", "*/*").statusCode());
    assertEquals(503, get("/api/v1/mandates/" + bundle.digest(), "Accept", "*/*").statusCode());
  }

  private HttpResponse<byte[]> get(String path, String header, String value) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(hub.resolve(path)).header(header, value).build(),
          BodyHandlers.ofByteArray());
    }
  }

  @Test
  void keepsWhatItNeedsItselfAndWhatWasAskedForLast() throws Exception {
    List<Published> bundles = List.of(published(1), published(2), published(3));
    Published own = bundles.getFirst();
    cache.fetch(own.digest(), _ -> 0, (_, _) -> {}, () -> false);
    cache.keepOnly(Set.of(own.digest()));
    fetchAs("a", bundles.get(1));
    fetchAs("a", bundles.get(2));
    assertTrue(cache.folder(bundles.get(2).digest()).isPresent());
    assertFalse(cache.folder(bundles.get(1).digest()).isPresent(), "there is room for one");
    assertTrue(cache.folder(own.digest()).isPresent());
  }
}
