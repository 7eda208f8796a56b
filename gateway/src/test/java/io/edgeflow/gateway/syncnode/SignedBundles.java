package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A publisher of bundles of programs. */
final class SignedBundles {
  static final String PROGRAM = "edgeflow-node";

  final SigningKey root = SigningKey.generate();
  private final SigningKey publisher = SigningKey.generate();
  private final Path folder;

  SignedBundles(Path folder) {
    this.folder = folder;
  }

  /**
   * @param folder where it lies
   */
  record Made(String digest, Path folder, String version) {
    Request request(String id) {
      return request(id, false);
    }

    Request request(String id, boolean forgive) {
      return new Request(
          Request.SCHEMA,
          id,
          PROGRAM,
          digest,
          version,
          folder.toString(),
          java.time.Duration.ofSeconds(2),
          forgive);
    }
  }

  KeyChain chain() {
    return KeyChain.begin(root).then(keys(2, root), root);
  }

  /**
   * @param next the root from then on
   */
  KeyDocument keys(int number, SigningKey next) {
    return new KeyDocument(
        1,
        number,
        List.of(next.verifying()),
        Map.of("ada", new Publisher(publisher.verifying(), 0)),
        Map.of());
  }

  /** A package with these files, some of which may be executed. */
  Made program(String version, long number, Map<String, String> files) throws IOException {
    return of(
        version, number, "'package':'edgeflow.tar.gz'", Map.of("edgeflow.tar.gz", tar(files)));
  }

  Made of(String version, long number, String what, Map<String, byte[]> files) throws IOException {
    Map<String, byte[]> all = new TreeMap<>(files);
    String manifest =
        "{'schema':1,'kind':'application','name':'%s','version':'%s',%s}"
            .formatted(PROGRAM, version, what);
    all.put(ApplicationManifest.FILE, manifest.replace('\'', '"').getBytes(UTF_8));
    return sign(version, number, all);
  }

  Made sign(String version, long number, Map<String, byte[]> files) throws IOException {
    Path made = Files.createTempDirectory(folder, "bundle");
    var text = new StringBuilder("edgeflow-bundle-1\n");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(made.resolve(file.getKey()), file.getValue());
      text.append(file.getKey() + " " + file.getValue().length + " " + sha(file.getValue()) + "\n");
    }
    String digest = sha(text.toString().getBytes(UTF_8));
    var statement =
        new Statement(
            1,
            PROGRAM,
            version,
            number,
            digest,
            Statement.CHUNK_BYTES,
            files.entrySet().stream().map(one -> signed(one.getKey(), one.getValue())).toList(),
            0,
            0);
    Files.writeString(
        made.resolve(Stager.SIGNATURES), statement.envelope().signedBy(publisher).text());
    return new Made(digest, made, version);
  }

  private static SignedFile signed(String name, byte[] bytes) {
    int size = Statement.CHUNK_BYTES;
    List<String> chunks =
        IntStream.range(0, (bytes.length + size - 1) / size)
            .mapToObj(
                i ->
                    sha(
                        Arrays.copyOfRange(
                            bytes, i * size, Math.min(bytes.length, (i + 1) * size))))
            .toList();
    return new SignedFile(name, bytes.length, sha(bytes), chunks);
  }

  static byte[] tar(Map<String, String> files) {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
        byte[] bytes = file.getValue().getBytes(UTF_8);
        var entry = new TarArchiveEntry(file.getKey());
        entry.setMode(file.getKey().endsWith(".sh") ? 0755 : 0644);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static String sha(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
