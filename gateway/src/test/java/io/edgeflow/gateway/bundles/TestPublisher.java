package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Somebody who publishes bundles, and who has the root. */
final class TestPublisher {
  static final int CHUNK = 4096;

  final SigningKey root = SigningKey.generate();
  final SigningKey ada = SigningKey.generate();
  KeyChain chain = KeyChain.begin(root);

  TestPublisher() {
    publishers(Map.of("ada", ada));
  }

  /** The next key document: these publish. */
  void publishers(Map<String, SigningKey> keys) {
    SortedMap<String, Publisher> all = new TreeMap<>();
    keys.forEach((name, key) -> all.put(name, new Publisher(key.verifying(), 0)));
    chain = chain.then(document(List.of(root), all), root);
  }

  KeyDocument document(List<SigningKey> roots, Map<String, Publisher> publishers) {
    return new KeyDocument(
        1,
        chain.chain().size() + 1,
        roots.stream().map(SigningKey::verifying).toList(),
        publishers,
        Map.of());
  }

  byte[] keys() {
    return chain.text().getBytes(UTF_8);
  }

  /** A bundle and what was signed of it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Published(Statement statement, SortedMap<String, byte[]> files, byte[] signatures) {
    String digest() {
      return statement.digest();
    }

    byte[] file(String name) {
      return Objects.requireNonNull(files.get(name), name);
    }

    long bytes() {
      return statement.files().stream().mapToLong(SignedFile::length).sum();
    }
  }

  /** A version of a program: a manifest, and any other bytes. */
  Published application(String version, long number, byte[] image) {
    return application(version, number, image, CHUNK);
  }

  Published application(String version, long number, byte[] image, int chunk) {
    String manifest =
        "{\"schema\":1,\"kind\":\"application\",\"name\":\"node\",\"version\":\"%s\",\"package\":\"node.tar.gz\"}"
            .formatted(version);
    var files =
        new TreeMap<>(Map.of("manifest.json", manifest.getBytes(UTF_8), "node.tar.gz", image));
    return signed(statement("node", version, number, files, chunk, 0), files);
  }

  /** A model that a reader of bundles takes; its graph is none. */
  Published model(String version, long number, byte[] graph) {
    return signed(
        statement("level", version, number, modelFiles(version, graph), CHUNK, 0),
        modelFiles(version, graph));
  }

  static SortedMap<String, byte[]> modelFiles(String version, byte[] graph) {
    String manifest =
        """
        {"schema": 1, "name": "level", "version": "%s",
         "input": {"kind": "latest-vector", "series": ["{device}/flow"]},
         "outputs": [{"name": "level"}]}
        """
            .formatted(version);
    String golden =
        """
        {"schema": 1, "model": "level", "vectors": [{"name": "four", "subject": "a",
          "readings": ["a/flow,1000000,4"], "expected": [{"time": 1000000, "scores": [4]}]}]}
        """;
    return new TreeMap<>(
        Map.of(
            "manifest.json", manifest.getBytes(UTF_8),
            "golden.json", golden.getBytes(UTF_8),
            "model.onnx", graph));
  }

  Published signed(Statement said, SortedMap<String, byte[]> files) {
    return signed(said, files, ada);
  }

  Published signed(Statement said, SortedMap<String, byte[]> files, SigningKey key) {
    return new Published(said, files, said.envelope().signedBy(key).text().getBytes(UTF_8));
  }

  static Statement statement(
      String model,
      String version,
      long number,
      SortedMap<String, byte[]> files,
      int chunk,
      long notAfter) {
    List<SignedFile> signed = new ArrayList<>();
    var text = new ByteArrayOutputStream();
    text.writeBytes("edgeflow-bundle-1\n".getBytes(UTF_8));
    files.forEach(
        (name, bytes) -> {
          List<String> chunks = new ArrayList<>();
          for (int at = 0; at < bytes.length; at += chunk) {
            chunks.add(
                BundleFiles.sha256(
                    Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk))));
          }
          signed.add(new SignedFile(name, bytes.length, BundleFiles.sha256(bytes), chunks));
          text.writeBytes(
              "%s %d %s\n"
                  .formatted(name, bytes.length, BundleFiles.sha256(bytes))
                  .getBytes(UTF_8));
        });
    return new Statement(
        1,
        model,
        version,
        number,
        BundleFiles.sha256(text.toByteArray()),
        chunk,
        signed,
        Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(),
        notAfter);
  }

  static byte[] random(long seed, int bytes) {
    byte[] all = new byte[bytes];
    new Random(seed).nextBytes(all);
    return all;
  }
}
