package io.edgeflow.cloud.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import io.edgeflow.wire.document.Digests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A bundle in memory, and what a publisher said of it. */
public record SignedBundle(SortedMap<String, byte[]> files, Statement statement, SigningKey by) {
  /** A model whose graph is noise. */
  public static SignedBundle model(
      String name, String version, long number, int bytes, long seed, SigningKey by) {
    byte[] graph = new byte[bytes];
    new Random(seed).nextBytes(graph);
    var files = new TreeMap<String, byte[]>();
    files.put("manifest.json", manifest(name, version));
    files.put("model.onnx", graph);
    files.put("golden.json", "{}".getBytes(UTF_8));
    return of(name, version, number, files, by);
  }

  public static byte[] manifest(String name, String version) {
    return "{\"schema\":1,\"name\":\"%s\",\"version\":\"%s\"}"
        .formatted(name, version)
        .getBytes(UTF_8);
  }

  public static SignedBundle of(
      String name, String version, long number, Map<String, byte[]> files, SigningKey by) {
    List<SignedFile> signed = new ArrayList<>();
    List<BundleFiles.Entry> entries = new ArrayList<>();
    new TreeMap<>(files)
        .forEach(
            (file, bytes) -> {
              String sha256 = Digests.of(bytes);
              signed.add(new SignedFile(file, bytes.length, sha256, hashes(bytes)));
              entries.add(new BundleFiles.Entry(file, bytes.length, sha256));
            });
    var statement =
        new Statement(
            1,
            name,
            version,
            number,
            BundleFiles.digest(entries),
            Statement.CHUNK_BYTES,
            signed,
            0,
            0);
    return new SignedBundle(new TreeMap<>(files), statement, by);
  }

  /** The same files under another statement: of somebody who lies, or makes a mistake. */
  SignedBundle said(UnaryOperator<Statement> otherwise) {
    return new SignedBundle(files, otherwise.apply(statement), by);
  }

  /** One of its files. */
  byte[] file(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  byte[] piece(String sha256) {
    return Objects.requireNonNull(pieces().get(sha256), sha256);
  }

  public String digest() {
    return statement.digest();
  }

  public byte[] signatures() {
    return statement.envelope().signedBy(by).text().getBytes(UTF_8);
  }

  /** Each once, by its hash. */
  public Map<String, byte[]> pieces() {
    Map<String, byte[]> pieces = new LinkedHashMap<>();
    files.values().forEach(file -> split(file).forEach(one -> pieces.put(Digests.of(one), one)));
    return pieces;
  }

  private static List<String> hashes(byte[] file) {
    return split(file).stream().map(Digests::of).toList();
  }

  private static List<byte[]> split(byte[] file) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < file.length; at += Statement.CHUNK_BYTES) {
      pieces.add(Arrays.copyOfRange(file, at, Math.min(file.length, at + Statement.CHUNK_BYTES)));
    }
    return pieces;
  }
}
