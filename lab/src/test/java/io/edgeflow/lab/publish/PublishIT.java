package io.edgeflow.lab.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.deploy.Authority;
import io.edgeflow.cloud.deploy.Deployments;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.query.CloudFacts;
import io.edgeflow.cloud.query.QueryRoutes;
import io.edgeflow.cloud.registry.RegistryParts;
import io.edgeflow.cloud.registry.RootKey;
import io.edgeflow.cloud.registry.UploadLimits;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.proxy.Direction;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.lab.proxy.PlannedCut;
import io.edgeflow.models.cli.Model;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.trust.BundleFiles;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./edgeflow model publish} and {@code list}, over a line that breaks, to a real cloud. */
@Timeout(180)
final class PublishIT {
  private static final int PIECE = 256 * 1024;

  @TempDir static Path home;
  private static EmbeddedPostgres postgres;
  private static HikariDataSource database;
  private static Vertx vertx;
  private static RegistryParts registry;
  private static WebServer web;
  private static FaultProxy line;

  private record Ran(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    assertEquals(0, run("keygen", home.resolve("keys").toString(), "--add=ada").code());
    postgres = EmbeddedPostgres.start(home.resolve("postgres"));
    database = Pool.open(postgres.address(), "test", 4);
    var _ = new Migrations(database).run();
    InstantSource clock = InstantSource.system();
    registry =
        RegistryParts.start(
            database,
            RootKey.read(Optional.of(home.resolve("keys/root.pub"))),
            UploadLimits.STANDARD,
            clock);
    var facts = new CloudFacts("test", clock.instant(), true, () -> 0, () -> 0, List::of);
    vertx = EventLoop.start(1);
    Routes routes =
        registry.register(new QueryRoutes(database, clock, facts).register(new Routes()));
    var authority =
        new Authority("edgeflow", Optional.empty(), registry.registry()::newestKeyDocument);
    new Deployments(database, authority, registry.registry(), clock).register(routes);
    web = WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), routes);
    line = FaultProxy.open(Ports.free(), URI.create("tcp://127.0.0.1:" + web.port()));
  }

  @AfterAll
  static void stop() throws Exception {
    line.close();
    web.close();
    EventLoop.close(vertx);
    registry.close();
    database.close();
    postgres.close();
  }

  @Test
  void aModelIsTurnedOffAndOnForEveryEdge() throws Exception {
    for (String verb : List.of("disable", "enable")) {
      String[] ask = {verb, "valve", cloud(), "--who=ada", "--why=it smells", "--force"};
      Ran done = run(ask);
      assertEquals(0, done.code(), done::err);
      assertEquals("valve: " + verb + "d, 0 edges are told\n", done.out());
      assertEquals("valve: " + verb + "d already\n", run(ask).out());
    }
    assertEquals(2, run("disable", "No such").code());
    Ran unknown = run("disable", "valve", cloud(), "--who=ada");
    assertEquals(1, unknown.code(), "nothing would be turned off");
    assertTrue(unknown.err().contains("--force"), unknown::err);
  }

  @Test
  void aBundleArrivesOverALineThatBreaksAndOnlyWhatIsNewIsSent() throws Exception {
    Path bundle = bundle("pump", "1.0", 10 * PIECE + 77);
    Ran unsigned = publish(bundle);
    assertEquals(1, unsigned.code());
    assertTrue(unsigned.err().contains("is not signed"), unsigned::err);
    assertEquals(0, run("sign", bundle.toString(), key()).code());

    PlannedCut cut = line.cutNextAfter(Direction.UP, 4 * PIECE);
    long before = line.bytes(Direction.UP);
    Ran published = publish(bundle, "--keys=" + home.resolve("keys/keys.json"), "--json");
    assertEquals(0, published.code(), published::err);
    assertTrue(cut.await(Duration.ZERO), "the line broke on the way");
    JsonNode said = json(published);
    long size = size(bundle);
    assertEquals(size, said.get("sentBytes").asLong());
    long sent = line.bytes(Direction.UP) - before;
    assertTrue(sent < size + PIECE + 64 * 1024, sent + " bytes were sent for " + size);
    String digest = said.get("digest").asText();
    assertArrayEquals(
        Files.readAllBytes(bundle.resolve("model.onnx")),
        get("/api/v1/bundles/" + digest + "/model.onnx"));

    Ran again = publish(bundle);
    assertEquals(0, again.code(), again::err);
    assertTrue(again.out().contains("was published already"), again::out);
    assertTrue(again.out().contains("sent: 0 of"), again::out);
    assertTrue(again.out().contains("rollout start"), again::out);

    byte[] graph = Files.readAllBytes(bundle.resolve("model.onnx"));
    graph[3 * PIECE]++;
    Files.write(bundle.resolve("model.onnx"), graph);
    Ran changed = publish(bundle, key(), "--number=9999999999");
    assertEquals(1, changed.code());
    assertTrue(changed.err().contains("give this one another version"), changed::err);
    manifest(bundle, "pump", "1.1");
    JsonNode next = json(publish(bundle, key(), "--number=9999999999", "--json"));
    assertEquals(
        PIECE + Files.size(bundle.resolve("manifest.json")), next.get("sentBytes").asLong());
    Ran list = run("list", cloud());
    assertTrue(list.out().contains("pump 1.0  number "), list::out);
    assertTrue(list.out().contains("pump 1.1  number 9999999999"), list::out);
    assertEquals(2, json(run("list", "pump", cloud(), "--json")).get("versions").size());
    assertEquals(1, run("list", "no-such", cloud()).code());
  }

  /** Somebody whom the cloud does not know signed it before. */
  @Test
  void whoseKeyIsGivenVouches() throws Exception {
    send("POST", "/api/v1/keys", Files.readAllBytes(home.resolve("keys/keys.json")));
    Path others = home.resolve("others");
    assertEquals(0, run("keygen", others.toString(), "--add=eve").code());
    Path bundle = bundle("vouched", "1.0", 100);
    assertEquals(1, publish(bundle, "--key=" + others.resolve("eve.key")).code());
    Ran published = publish(bundle, key());
    assertEquals(0, published.code(), published::err);
    byte[] signatures = Files.readAllBytes(bundle.resolve("signatures.json"));
    assertEquals(0, publish(bundle, key()).code());
    assertArrayEquals(signatures, Files.readAllBytes(bundle.resolve("signatures.json")));
  }

  /** The same command again, after one that was killed. */
  @Test
  void anotherCommandGoesOnWhereOneEnded() throws Exception {
    send("POST", "/api/v1/keys", Files.readAllBytes(home.resolve("keys/keys.json")));
    Path bundle = bundle("fan", "1.0", 4 * PIECE);
    assertEquals(0, run("sign", bundle.toString(), key()).code());
    byte[] signatures = Files.readAllBytes(bundle.resolve("signatures.json"));
    assertEquals(202, send("POST", "/api/v1/models/fan/versions", signatures));
    byte[] piece = Arrays.copyOf(Files.readAllBytes(bundle.resolve("model.onnx")), PIECE);
    String sha256 = BundleFiles.sha256(piece);
    assertEquals(201, send("PUT", "/api/v1/chunks/" + sha256, piece));
    JsonNode said = json(publish(bundle, "--json"));
    assertEquals(size(bundle) - PIECE, said.get("sentBytes").asLong());
  }

  @Test
  void aProgramIsSignedAndPublishedLikeAModel() throws Exception {
    Path program = Files.createDirectories(home.resolve("program"));
    Files.writeString(
        program.resolve("manifest.json"),
        "{\"schema\":1,\"kind\":\"application\",\"name\":\"node\",\"version\":\"1.4.2\","
            + "\"package\":\"node.tgz\"}");
    Ran missing = publish(program, key());
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("node.tgz is missing"), missing::err);
    Files.write(program.resolve("node.tgz"), new byte[2 << 20]);
    Ran published = publish(program, key(), "--keys=" + home.resolve("keys/keys.json"));
    assertEquals(0, published.code(), published::err);
    Ran verified =
        run(
            "verify",
            program.toString(),
            "--root=" + home.resolve("keys/root.pub"),
            "--keys=" + home.resolve("keys/keys.json"));
    assertEquals(0, verified.code(), verified::err);
    assertTrue(run("list", "node", cloud()).out().contains("node 1.4.2 (program)"));
    Files.writeString(program.resolve("extra.sh"), "rm -rf /");
    assertEquals(1, publish(program, key()).code(), "nothing rides along");
  }

  private static Path bundle(String name, String version, int bytes) throws IOException {
    Path bundle = Files.createDirectories(home.resolve(name));
    manifest(bundle, name, version);
    byte[] graph = new byte[bytes];
    new Random(bytes).nextBytes(graph);
    Files.write(bundle.resolve("model.onnx"), graph);
    Files.writeString(bundle.resolve("golden.json"), "{\"model\": \"" + name + "\"}");
    return bundle;
  }

  private static void manifest(Path bundle, String name, String version) throws IOException {
    Files.writeString(
        bundle.resolve("manifest.json"),
        """
        {"schema": 1, "name": "%s", "version": "%s", "outputs": [{"name": "score"}],
         "input": {"kind": "sliding-window", "series": "pump-1/flow", "length": 4}}
        """
            .formatted(name, version));
  }

  /** Of all files but the signatures. */
  private static long size(Path bundle) throws IOException {
    return Files.size(bundle.resolve("manifest.json"))
        + Files.size(bundle.resolve("model.onnx"))
        + Files.size(bundle.resolve("golden.json"));
  }

  private static String key() {
    return "--key=" + home.resolve("keys/ada.key");
  }

  private static String cloud() {
    return "--cloud=http://127.0.0.1:" + line.address().getPort();
  }

  private static Ran publish(Path bundle, String... more) {
    List<String> all = new ArrayList<>(List.of("publish", bundle.toString(), cloud()));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine command = CommandRunner.line(new Model());
    int code = command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static JsonNode json(Ran ran) throws IOException {
    assertEquals(0, ran.code(), ran::err);
    return new ObjectMapper().readTree(ran.out());
  }

  private static byte[] get(String path) throws Exception {
    return ask("GET", path, new byte[0]).body();
  }

  private static int send(String method, String path, byte[] body) throws Exception {
    return ask(method, path, body).statusCode();
  }

  private static HttpResponse<byte[]> ask(String method, String path, byte[] body)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(web.address().resolve(path))
              .method(method, BodyPublishers.ofByteArray(body))
              .build(),
          BodyHandlers.ofByteArray());
    }
  }
}
