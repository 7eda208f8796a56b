package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.catalog.CatalogRoutes;
import io.edgeflow.cloud.dashboard.DashboardRoutes;
import io.edgeflow.cloud.deploy.Deployments;
import io.edgeflow.cloud.deploy.SampleRollout;
import io.edgeflow.cloud.history.HistoryRoutes;
import io.edgeflow.cloud.live.LiveHub;
import io.edgeflow.cloud.live.PresentNames;
import io.edgeflow.cloud.registry.RegistryParts;
import io.edgeflow.cloud.registry.TestKeys;
import io.edgeflow.cloud.registry.UploadLimits;
import io.edgeflow.cloud.store.CommittedBatch;
import io.edgeflow.cloud.store.DatabaseWatch;
import io.edgeflow.cloud.store.FrameDepot;
import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.ReportedDesk;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.WriterListener;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.StandardRoutes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The cloud without its broker: frames are written and shown as they are in the process. */
public final class ServedCloud implements AutoCloseable {
  /** A little after what {@code Plant} makes. */
  public static final Instant NOW = Instant.parse("2025-11-21T12:00:00Z");

  private final Schema schema;
  private final LiveHub hub;
  private final Semaphore committed = new Semaphore(0);
  private final BlockingQueue<Acknowledgement> greeted = new LinkedBlockingQueue<>();
  private final FrameWriter writer;
  private final FrameDepot depot;
  private final Vertx vertx = EventLoop.start(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final DatabaseWatch watch;
  private final Deployments deployments;
  private final ReportedDesk reports;
  private final TestKeys keys = new TestKeys();
  private final RegistryParts registry;
  private final Routes routes;
  private final WebServer server;

  public ServedCloud(InstantSource clock) throws Exception {
    this(clock, WebSettings.of("127.0.0.1", 0));
  }

  public ServedCloud(InstantSource clock, WebSettings settings) throws Exception {
    this(Schema.create(), clock, settings);
  }

  /**
   * @param schema closed with it
   */
  public ServedCloud(Schema schema, InstantSource clock) throws Exception {
    this(schema, clock, WebSettings.of("127.0.0.1", 0));
  }

  private ServedCloud(Schema schema, InstantSource clock, WebSettings settings) throws Exception {
    this.schema = schema;
    hub = new LiveHub(new PresentNames(schema.database(), Duration.ZERO));
    watch = DatabaseWatch.start(schema.database());
    var facts =
        new CloudFacts(
                "test", clock.instant().minusSeconds(60), true, () -> 0, () -> 0, watch::risks)
            .storing(schema.layout(), StorageSettings.STANDARD);
    routes = StandardRoutes.add(new Routes(), List::of, () -> "up 1\n");
    new QueryRoutes(schema.database(), clock, facts).register(routes);
    new CatalogRoutes(schema.database(), clock).register(routes);
    depot = new FrameDepot(schema.settings(100_000, clock));
    HistoryRoutes.register(routes, schema.database(), depot, clock);
    registry =
        RegistryParts.start(
            schema.database(), Optional.of(keys.root.verifying()), UploadLimits.STANDARD, clock);
    registry.register(routes);
    deployments = SampleRollout.deployments(schema.database(), clock);
    deployments.register(routes);
    hub.register(routes);
    DashboardRoutes.register(routes);
    writer =
        FrameWriter.start(schema.settings(100_000, clock), new Commits(hub, committed, greeted));
    reports = ReportedDesk.start(schema.database(), clock, deployments.ear());
    server = WebServer.start(vertx, settings, routes);
  }

  public Schema schema() {
    return schema;
  }

  /** All that it serves but files: method and path. */
  List<String> served() {
    return routes.served();
  }

  public FrameWriter writer() {
    return writer;
  }

  /**
   * Gives the whole database server, which should be nobody else's, a synchronous standby that
   * never comes, or none. Meanwhile every commit waits.
   */
  public void endanger(boolean inDanger) throws Exception {
    String standby = inDanger ? "nobody" : "";
    schema.execute("alter system set synchronous_standby_names = '" + standby + "'");
    schema.execute("select pg_reload_conf()");
    Await.until(
        "the setting",
        () -> {
          watch.look();
          return watch.risks().isEmpty() != inDanger;
        });
  }

  public int port() {
    return server.port();
  }

  /** Returns when they are committed. */
  public void store(Frame... frames) throws InterruptedException {
    for (Frame frame : frames) {
      assertTrue(writer.offer(frame.edge(), FrameCodec.encode(frame)));
    }
    assertTrue(committed.tryAcquire(frames.length, 30, TimeUnit.SECONDS), "nothing was committed");
  }

  /** Returns when it is written down. */
  public void report(Reported reported) throws Exception {
    assertTrue(reports.offer(reported));
    String there =
        "select count(*) from reported join edge on edge_id = id where name = '%s'"
            .formatted(reported.edge())
            .concat(" and document ->> 'timeMicros' = '" + reported.timeMicros() + "'");
    Await.until("the report", () -> schema.one(there).equals("1"));
  }

  /** The answer, once the hello is recorded. */
  public Acknowledgement greet(Hello hello) throws InterruptedException {
    assertTrue(writer.offer(hello));
    return Objects.requireNonNull(greeted.poll(30, TimeUnit.SECONDS), "nothing was answered");
  }

  /** A good answer. */
  public JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = ask(path);
    assertEquals(200, answer.statusCode(), () -> path + ": " + answer.body());
    return new JsonMapper().readTree(answer.body());
  }

  public HttpResponse<String> ask(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port() + path.replace(" ", "%20"));
    return client.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build(),
        BodyHandlers.ofString());
  }

  public HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(60))
            .build(),
        BodyHandlers.ofString());
  }

  /** Whose bundles this cloud takes, once their chain is posted. */
  public TestKeys keys() {
    return keys;
  }

  public HttpResponse<String> send(String method, String path, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .timeout(Duration.ofSeconds(60))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    server.close();
    EventLoop.close(vertx);
    writer.close();
    depot.close();
    reports.close();
    registry.close();
    hub.close();
    client.close();
    watch.close();
    schema.close();
  }

  private record Commits(LiveHub hub, Semaphore committed, BlockingQueue<Acknowledgement> greeted)
      implements WriterListener {
    @Override
    public void committed(CommittedBatch batch) {
      hub.committed(batch);
      committed.release(batch.settled().size());
    }

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {
      greeted.add(answer);
    }

    @Override
    public void unreadable(String edge, String reason) {
      throw new AssertionError(reason);
    }
  }
}
