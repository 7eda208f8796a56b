package io.edgeflow.cloud.registry;

import static io.edgeflow.cloud.registry.ServedRegistry.json;
import static io.edgeflow.cloud.registry.ServedRegistry.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.PayloadKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is published is what was signed; nothing else gets in, and nothing changes. */
@Timeout(120)
final class RegistryIT {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final int CHUNK = Statement.CHUNK_BYTES;
  private static final UploadLimits LIMITS = new UploadLimits(3, 8L << 20, Duration.ofDays(1));

  private static final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private static Schema schema;
  private static TestKeys keys;
  private static ServedRegistry cloud;

  @BeforeAll
  static void start() throws Exception {
    schema = Schema.create();
    keys = new TestKeys();
    cloud = serve(keys);
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
    schema.close();
  }

  /** Every test has an empty registry. */
  @BeforeEach
  void empty() throws Exception {
    schema.execute(
        "truncate bundle, bundle_file, bundle_chunk, chunk, model_version, key_chain, audit");
    now.set(NOW);
    assertEquals(201, push(keys.chain).statusCode());
  }

  private static ServedRegistry serve(TestKeys of) throws Exception {
    return new ServedRegistry(schema, Optional.of(of.root.verifying()), LIMITS, now::get);
  }

  private static HttpResponse<byte[]> push(KeyChain chain) throws Exception {
    return cloud.send("POST", "/api/v1/keys", TestKeys.text(chain));
  }

  private SignedBundle model(String version, long number, int bytes, long seed) {
    return SignedBundle.model("pump", version, number, bytes, seed, keys.ada);
  }

  @Test
  void whatWasPublishedIsServedByteForByte() throws Exception {
    SignedBundle bundle = model("1.0", 7, 3 * CHUNK + 17, 1);
    assertEquals(bundle.statement().bytes(), cloud.publish(bundle));
    assertEquals(200, cloud.post(bundle).statusCode(), "published twice");
    JsonNode said = json(cloud.get("/api/v1/bundles/" + bundle.digest()));
    assertEquals("pump", said.get("model").asText());
    assertEquals("model", said.get("kind").asText());
    assertEquals(7, said.get("number").asInt());
    assertEquals("ada", said.get("publisher").asText());
    assertEquals(NOW.toEpochMilli(), said.get("published").asLong());
    assertEquals(3, said.get("files").size());
    for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
      HttpResponse<byte[]> answer = file(bundle, file.getKey());
      assertArrayEquals(file.getValue(), answer.body(), file.getKey());
      assertEquals(
          '"' + Digests.of(file.getValue()) + '"',
          answer.headers().firstValue("etag").orElseThrow());
    }
    assertArrayEquals(bundle.signatures(), file(bundle, "signatures.json").body());
    Registry registry = cloud.parts().registry();
    var published =
        new PublishedBundle(
            PayloadKind.MODEL, "pump", "1.0", 7, bundle.digest(), bundle.statement().bytes());
    assertEquals(Optional.of(published), registry.bundle(bundle.digest()));
    assertEquals(Optional.of(published), registry.version("pump", "1.0"));
    assertEquals(Optional.empty(), registry.version("pump", "2.0"));
    assertEquals(2, registry.newestKeys());
  }

  @Test
  void rangesAreTheBytesOfTheFileAtEveryBoundary() throws Exception {
    int length = 3 * CHUNK + 17;
    SignedBundle bundle = model("1.0", 7, length, 2);
    cloud.publish(bundle);
    byte[] whole = bundle.file("model.onnx");
    List<Integer> edges = new ArrayList<>();
    for (int boundary : List.of(0, CHUNK, 2 * CHUNK, 3 * CHUNK, length)) {
      for (int beside = -1; beside <= 1; beside++) {
        edges.add(boundary + beside);
      }
    }
    for (int from : edges) {
      for (int to : edges) {
        if (from >= 0 && from < length && to >= from) {
          HttpResponse<byte[]> part =
              cloud.get(path(bundle, "model.onnx"), "range", "bytes=" + from + "-" + to);
          assertEquals(206, part.statusCode());
          assertArrayEquals(
              Arrays.copyOfRange(whole, from, Math.min(length, to + 1)),
              part.body(),
              from + "-" + to);
        }
      }
    }
    String tag = '"' + Digests.of(whole) + '"';
    String path = path(bundle, "model.onnx");
    assertEquals(416, cloud.get(path, "range", "bytes=" + length + "-").statusCode());
    assertEquals(304, cloud.get(path, "if-none-match", tag).statusCode());
    assertEquals(206, cloud.get(path, "if-range", tag, "range", "bytes=1-2").statusCode());
    assertEquals(200, cloud.get(path, "if-range", "\"x\"", "range", "bytes=1-2").statusCode());
    assertEquals(404, cloud.get(path(bundle, "parameters.json")).statusCode());
    assertEquals(404, cloud.get(path(bundle, "..%2Fmodel.onnx")).statusCode());
    assertEquals(404, cloud.get("/api/v1/bundles/" + "0".repeat(64)).statusCode());
  }

  @Test
  void anUploadThatWasCutGoesOnAndAVersionSendsOnlyWhatIsNew() throws Exception {
    int length = 8 * CHUNK;
    SignedBundle first = model("1.0", 7, length, 3);
    JsonNode begun = json(cloud.post(first));
    assertEquals(10, begun.get("missing").size());
    assertEquals(10, begun.get("pieces").asInt());
    assertEquals(first.statement().bytes(), begun.get("bytes").asLong());
    for (int i = 0; i < 4; i++) {
      String sha256 = begun.get("missing").get(i).asText();
      assertEquals(201, cloud.put(sha256, first.piece(sha256)).statusCode());
      assertEquals(200, cloud.put(sha256, first.piece(sha256)).statusCode(), "the answer was lost");
    }
    assertEquals(404, file(first, "model.onnx").statusCode(), "nobody sees half a bundle");
    HttpResponse<byte[]> again = cloud.post(first);
    assertEquals(202, again.statusCode());
    assertEquals(6, json(again).get("missing").size());
    long rest = cloud.putMissing(first, json(again));
    assertEquals(json(again).get("bytes").asLong(), rest);
    assertEquals(201, cloud.post(first).statusCode());

    SortedMap<String, byte[]> files = new TreeMap<>(first.files());
    byte[] graph = first.file("model.onnx").clone();
    graph[5 * CHUNK]++;
    files.put("model.onnx", graph);
    files.put("manifest.json", SignedBundle.manifest("pump", "1.1"));
    SignedBundle next = SignedBundle.of("pump", "1.1", 8, files, keys.ada);
    long sent = cloud.publish(next);
    assertEquals(CHUNK + next.file("manifest.json").length, sent);
    assertArrayEquals(graph, file(next, "model.onnx").body());
    assertArrayEquals(first.file("model.onnx"), file(first, "model.onnx").body());
  }

  @Test
  void piecesThatNobodySignedAreNotTaken() throws Exception {
    SignedBundle bundle = model("1.0", 7, CHUNK, 4);
    byte[] graph = bundle.file("model.onnx");
    assertEquals(404, cloud.put(Digests.of(graph), graph).statusCode(), "no upload yet");
    cloud.post(bundle);
    byte[] other = graph.clone();
    other[77] ^= 1;
    assertEquals(400, cloud.put(Digests.of(graph), other).statusCode());
    assertEquals(404, cloud.put(Digests.of(other), other).statusCode());
    byte[] large = new byte[CHUNK + 1];
    assertEquals("413 too-large", refusal(cloud.put(Digests.of(large), large)));
    assertEquals("0", schema.one("select count(*) from chunk"));
    assertEquals(201, cloud.put(Digests.of(graph), graph).statusCode());
  }

  @Test
  void nobodyElseCanPublishAndTheReasonIsSaid() throws Exception {
    SignedBundle good = model("1.0", 7, 100, 5);
    SignedBundle eve = SignedBundle.model("pump", "1.0", 7, 100, 5, SigningKey.generate());
    assertEquals("403 unknown-signer", refusal(cloud.post(eve)));
    byte[] unsigned = good.statement().envelope().text().getBytes(UTF_8);
    assertEquals("403 unsigned", refusal(cloud.post("pump", unsigned)));
    assertEquals("403 unsigned", refusal(cloud.post("pump", new byte[0])));
    assertEquals("400 unreadable", refusal(cloud.post("pump", "{".getBytes(UTF_8))));
    assertEquals("400 bad-request", refusal(cloud.post("fan", good.signatures())));
    SignedBundle old = good.said(s -> with(s, s.number(), s.files(), NOW.toEpochMilli() - 1));
    assertEquals("403 expired", refusal(cloud.post(old)));
    SignedBundle lie =
        good.said(
            s ->
                new Statement(
                    1,
                    s.model(),
                    s.version(),
                    s.number(),
                    "ab".repeat(32),
                    s.chunkSize(),
                    s.files(),
                    0,
                    0));
    assertEquals("403 tampered", refusal(cloud.post(lie)));
    assertEquals("0", schema.one("select count(*) from bundle"));
    push(keys.chain.then(keys.until(3, keys.ada, NOW.toEpochMilli() - 1), keys.root));
    assertEquals("403 expired", refusal(cloud.post(good)));
    push(
        keys.chain
            .then(keys.until(3, keys.ada, NOW.toEpochMilli() - 1), keys.root)
            .then(keys.document(4, Map.of()), keys.root));
    assertEquals("403 unknown-signer", refusal(cloud.post(good)));
  }

  private static Statement with(Statement of, long number, List<SignedFile> files, long notAfter) {
    String digest =
        BundleFiles.digest(
            files.stream()
                .map(one -> new BundleFiles.Entry(one.name(), one.length(), one.sha256()))
                .toList());
    return new Statement(
        1, of.model(), of.version(), number, digest, of.chunkSize(), files, 0, notAfter);
  }

  /** A publisher's own tool may be wrong, or somebody has her key for a while. */
  @Test
  void whatWasSignedAmissIsNeverPublishedAndLeavesNothing() throws Exception {
    SignedBundle good = model("1.0", 7, CHUNK + 5, 6);
    assertRefused("403 tampered", good.said(s -> replaced(s, RegistryIT::otherHash)), "file hash");
    assertRefused("403 tampered", renamed(good, "fan", "1.0"), "another model's manifest");
    assertRefused("403 tampered", renamed(good, "pump", "1.1"), "another version's manifest");
    SortedMap<String, byte[]> files = new TreeMap<>(good.files());
    files.remove("golden.json");
    assertRefused(
        "400 bad-request", SignedBundle.of("pump", "1.0", 7, files, keys.ada), "no golden vectors");
    files.put("manifest.json", "{\"name\":\"pump\"".getBytes(UTF_8));
    assertRefused("400 bad-request", SignedBundle.of("pump", "1.0", 7, files, keys.ada), "no JSON");
    files.put("manifest.json", program("pump", "1.0", "\"package\":\"pump.tgz\""));
    assertRefused(
        "400 bad-request", SignedBundle.of("pump", "1.0", 7, files, keys.ada), "no package");
    assertEquals("0", schema.one("select count(*) from chunk"));
    cloud.publish(good);
  }

  private static SignedFile otherHash(SignedFile file) {
    return file.name().equals("model.onnx")
        ? new SignedFile(file.name(), file.length(), "1".repeat(64), file.chunks())
        : file;
  }

  private static Statement replaced(Statement of, UnaryOperator<SignedFile> file) {
    return with(of, of.number(), of.files().stream().map(file).toList(), 0);
  }

  private static SignedBundle renamed(SignedBundle of, String name, String version) {
    SortedMap<String, byte[]> files = new TreeMap<>(of.files());
    files.put("manifest.json", SignedBundle.manifest(name, version));
    return SignedBundle.of("pump", "1.0", 7, files, of.by());
  }

  private static void assertRefused(String expected, SignedBundle bundle, String why)
      throws Exception {
    HttpResponse<byte[]> begun = cloud.post(bundle);
    assertEquals(202, begun.statusCode(), why);
    cloud.putMissing(bundle, json(begun));
    assertEquals(expected, refusal(cloud.post(bundle)), why);
    assertEquals("0", schema.one("select count(*) from bundle"), why);
  }

  @Test
  void aPieceOfAnotherLengthThanWasSignedIsNotTaken() throws Exception {
    SignedBundle good = model("1.0", 7, 500, 7);
    SignedBundle lie =
        good.said(
            s ->
                replaced(
                    s,
                    file ->
                        file.name().equals("model.onnx")
                            ? new SignedFile(file.name(), 400, file.sha256(), file.chunks())
                            : file));
    assertEquals(202, cloud.post(lie).statusCode());
    byte[] graph = good.file("model.onnx");
    assertEquals(400, cloud.put(Digests.of(graph), graph).statusCode());
    cloud.publish(good);
    schema.execute("delete from bundle where not complete");
    schema.execute("update model_version set version = '0.9', number = 1");
    assertEquals("403 tampered", refusal(cloud.post(lie)), "now the piece is here");
  }

  @Test
  void hugeClaimsAreRefusedAtOnce() throws Exception {
    String hash = "0".repeat(64);
    var piece = new SignedFile("a.onnx", 1L << 30, hash, Collections.nCopies(4096, hash));
    var twice = new SignedFile("b.onnx", 1L << 30, hash, piece.chunks());
    var thrice = new SignedFile("c.onnx", CHUNK, hash, List.of(hash));
    SignedBundle good = model("1.0", 7, 100, 8);
    SignedFile manifest = good.statement().files().get(1);
    assertEquals(
        "413 too-large",
        refusal(cloud.post(good.said(s -> with(s, 7, List.of(piece, twice, thrice), 0)))));
    var long_ = new SignedFile("manifest.json", CHUNK + 1L, hash, List.of(hash, hash));
    assertEquals(
        "413 too-large", refusal(cloud.post(good.said(s -> with(s, 7, List.of(long_), 0)))));
    assertEquals(
        "403 tampered", refusal(cloud.post(good.said(s -> with(s, 7, List.of(piece), 0)))));
    assertEquals(
        "409 too-many-uploads",
        refusal(cloud.post(good.said(s -> with(s, 7, List.of(piece, manifest), 0)))));
    byte[] beyond = new byte[(1 << 20) + 1];
    assertEquals(413, cloud.post("pump", beyond).statusCode());
    assertEquals("0", schema.one("select count(*) from bundle"));
  }

  /** The JSON is signed by somebody whose signature counts: still no name leads elsewhere. */
  @Test
  void noNameOfAFileLeadsOutOfTheBundle() throws Exception {
    SignedBundle good = model("1.0", 7, 100, 9);
    String text = new String(good.statement().envelope().content(), UTF_8);
    for (String name :
        List.of("../model.onnx", "/etc/passwd", "a/b", "signatures.json", "golden.json")) {
      String bad = text.replace("\"model.onnx\"", "\"" + name + "\"");
      byte[] signed =
          Envelope.around(good.statement().envelope().payloadType(), bad)
              .signedBy(keys.ada)
              .text()
              .getBytes(UTF_8);
      assertEquals("400 unreadable", refusal(cloud.post("pump", signed)), name);
    }
  }

  @Test
  void versionsStayWhatTheyAreAndNumbersRise() throws Exception {
    SignedBundle first = model("1.0", 7, 100, 10);
    cloud.publish(first);
    assertEquals("409 immutable", refusal(cloud.post(model("1.0", 8, 100, 11))));
    assertEquals("409 downgraded", refusal(cloud.post(model("0.9", 6, 100, 12))));
    assertEquals("409 downgraded", refusal(cloud.post(model("1.1", 7, 100, 12))));
    cloud.publish(model("1.1", 8, 100, 12));
    assertEquals(200, cloud.post(first).statusCode(), "it is there");
    SignedBundle fan = SignedBundle.model("fan", "1.0", 1, 100, 10, keys.ada);
    cloud.publish(fan);
    assertEquals("3", schema.one("select count(*) from audit where what = 'publish'"));
  }

  /** Who signed first counts no longer: another publisher vouches for the same bundle. */
  @Test
  void theSameBundleCanBeSignedAgain() throws Exception {
    SignedBundle first = model("1.0", 7, 100, 13);
    cloud.publish(first);
    SigningKey bob = SigningKey.generate();
    push(keys.chain.then(keys.document(3, Map.of("bob", bob)), keys.root));
    SignedBundle again =
        new SignedBundle(
            first.files(), with(first.statement(), 9, first.statement().files(), 0), bob);
    HttpResponse<byte[]> answer = cloud.post(again);
    assertEquals(200, answer.statusCode());
    assertEquals("bob", json(answer).get("publisher").asText());
    assertEquals(9, json(answer).get("number").asInt());
    HttpResponse<byte[]> signatures = file(first, "signatures.json");
    assertArrayEquals(again.signatures(), signatures.body());
    assertEquals("no-cache", signatures.headers().firstValue("cache-control").orElse(""));
    SignedBundle older =
        new SignedBundle(
            first.files(), with(first.statement(), 8, first.statement().files(), 0), bob);
    assertEquals(9, json(cloud.post(older)).get("number").asInt());
  }

  /** Through two processes: one of two under one name wins, and two of one bundle are one. */
  @Test
  void twoPublishersAtOnceLeaveOneOfEach() throws Exception {
    try (ServedRegistry second = serve(keys);
        ExecutorService both = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 4; round++) {
        schema.execute("truncate bundle, bundle_file, bundle_chunk, chunk, model_version");
        SignedBundle one = model("1.0", 7, 2 * CHUNK, 20 + round);
        SignedBundle other = round % 2 == 0 ? model("1.0", 7, 2 * CHUNK, 30 + round) : one;
        Future<Integer> here = both.submit(() -> uploaded(cloud, one));
        Future<Integer> there = both.submit(() -> uploaded(second, other));
        List<Integer> came = new ArrayList<>(List.of(here.get(), there.get()));
        came.sort(null);
        assertEquals(round % 2 == 0 ? List.of(201, 409) : List.of(200, 201), came);
        assertEquals("1", schema.one("select count(*) from model_version"));
      }
    }
  }

  private static int uploaded(ServedRegistry to, SignedBundle bundle) throws Exception {
    HttpResponse<byte[]> answer = to.post(bundle);
    while (answer.statusCode() == 202 || answer.statusCode() == 503) {
      for (Map.Entry<String, byte[]> piece : bundle.pieces().entrySet()) {
        to.put(piece.getKey(), piece.getValue());
      }
      answer = to.post(bundle);
    }
    return answer.statusCode();
  }

  @Test
  void uploadsThatStayUnfinishedAreBoundedAndClearedAwayAfterADay() throws Exception {
    SignedBundle kept = model("1.0", 7, 2 * CHUNK, 14);
    cloud.publish(kept);
    for (int i = 0; i < 3; i++) {
      SignedBundle left = model("2." + i, 8, CHUNK, 40 + i);
      JsonNode begun = json(cloud.post(left));
      String sha256 = begun.get("missing").get(0).asText();
      cloud.put(sha256, left.piece(sha256));
    }
    assertEquals("409 too-many-uploads", refusal(cloud.post(model("3.0", 9, 100, 50))));
    assertEquals(202, cloud.post(model("2.1", 8, CHUNK, 41)).statusCode(), "one of them goes on");
    now.set(NOW.plus(Duration.ofHours(23)));
    SignedBundle alive = model("2.1", 8, CHUNK, 41);
    cloud.putMissing(alive, json(cloud.post(alive)));
    now.set(NOW.plus(Duration.ofHours(25)));
    cloud.parts().tidy();
    assertEquals("1", schema.one("select count(*) from bundle where not complete"));
    assertEquals(201, cloud.post(alive).statusCode());
    assertEquals(
        "0",
        schema.one(
            "select count(*) from chunk where sha256 not in (select sha256 from bundle_chunk)"));
    assertArrayEquals(kept.file("model.onnx"), file(kept, "model.onnx").body());
  }

  @Test
  void keysOnlyEverContinue() throws Exception {
    KeyChain longer = keys.chain.then(keys.document(3, Map.of("ada", keys.ada)), keys.root);
    assertEquals(201, push(longer).statusCode());
    assertEquals(200, push(longer).statusCode());
    HttpResponse<byte[]> kept = cloud.get("/api/v1/keys");
    assertArrayEquals(TestKeys.text(longer), kept.body());
    String tag = kept.headers().firstValue("etag").orElseThrow();
    assertEquals(304, cloud.get("/api/v1/keys", "if-none-match", tag).statusCode());
    assertEquals("409 downgraded", refusal(push(keys.chain)));
    KeyChain fork =
        keys.chain
            .then(keys.document(3, Map.of("eve", SigningKey.generate())), keys.root)
            .then(keys.document(4, Map.of()), keys.root);
    assertEquals("403 tampered", refusal(push(fork)));
    TestKeys strangers = new TestKeys();
    assertEquals("403 unknown-signer", refusal(push(strangers.chain)));
    assertEquals(400, cloud.send("POST", "/api/v1/keys", new byte[3]).statusCode());
    assertEquals(3, cloud.parts().registry().newestKeys());
  }

  @Test
  void aCloudWithoutARootOrWithoutKeysSaysWhatToDo() throws Exception {
    SignedBundle bundle = model("1.0", 7, 100, 15);
    schema.execute("truncate key_chain");
    assertEquals("409 no-keys", refusal(cloud.post(bundle)));
    assertEquals(404, cloud.get("/api/v1/keys").statusCode());
    try (var without = new ServedRegistry(schema, Optional.empty(), LIMITS, now::get)) {
      HttpResponse<byte[]> refused = without.post(bundle);
      assertEquals("409 no-root", refusal(refused));
      assertTrue(json(refused).at("/error/message").asText().contains("set deploy.root"));
      assertEquals(
          "409 no-root", refusal(without.send("POST", "/api/v1/keys", TestKeys.text(keys.chain))));
      assertEquals(0, without.parts().registry().newestKeys());
    }
  }

  @Test
  void programsArePublishedLikeModels() throws Exception {
    byte[] archive = new byte[1000];
    Map<String, byte[]> files =
        Map.of(
            "manifest.json",
            program("node", "1.4.2", "\"package\":\"node.tgz\""),
            "node.tgz",
            archive);
    SignedBundle node = SignedBundle.of("node", "1.4.2", 3, files, keys.ada);
    cloud.publish(node);
    assertEquals(
        PayloadKind.APPLICATION,
        cloud.parts().registry().version("node", "1.4.2").orElseThrow().kind());
    SignedBundle model = SignedBundle.model("node", "2.0", 4, 100, 16, keys.ada);
    cloud.putMissing(model, json(cloud.post(model)));
    assertEquals("409 kind", refusal(cloud.post(model)));
  }

  private static byte[] program(String name, String version, String what) {
    return "{\"schema\":1,\"kind\":\"application\",\"name\":\"%s\",\"version\":\"%s\",%s}"
        .formatted(name, version, what)
        .getBytes(UTF_8);
  }

  private static String path(SignedBundle bundle, String file) {
    return "/api/v1/bundles/" + bundle.digest() + "/" + file;
  }

  private static HttpResponse<byte[]> file(SignedBundle bundle, String file) throws Exception {
    return cloud.get(path(bundle, file));
  }
}
