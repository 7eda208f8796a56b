package io.edgeflow.gateway.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.syncnode.Report;
import io.edgeflow.gateway.syncnode.Request;
import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The gateway's side of the folder that it shares with the service. One thread. */
final class RequestFolder {
  private static final String KEYS = "keys.json";
  private static final String FORGIVEN = "forgiven.txt";
  private static final int MAX_KEYS = 1 << 20;
  private static final int MAX_FORGIVEN = 64 << 10;

  private final Path folder;
  private final Path keys;

  RequestFolder(Path folder, Path keys) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.keys = keys;
  }

  /** What the service says; empty while it has said nothing that can be read. */
  Optional<Report> report() {
    return read(folder.resolve(Report.FILE), Report.MAX_BYTES)
        .flatMap(json -> good(Report.read(json)));
  }

  /** What was asked for last; empty if nothing was, or damage took it. */
  Optional<Request> request() {
    return read(folder.resolve(Request.FILE), MAX_KEYS).flatMap(json -> good(Request.read(json)));
  }

  /** On the disk when it returns; the keys by which it can be checked lie there before. */
  void write(Request request) throws IOException {
    Optional<byte[]> chain = read(keys, MAX_KEYS);
    if (chain.isPresent()) {
      SyncedFiles.replace(folder.resolve(KEYS), chain.get());
    }
    SyncedFiles.replace(folder.resolve(Request.FILE), request.text().getBytes(UTF_8));
    if (request.forgive()) {
      Set<String> rest = forgiven();
      rest.remove(request.digest());
      writeForgiven(rest);
    }
  }

  /** What is asked for next is another request. */
  void dropRequest() throws IOException {
    SyncedFiles.delete(folder.resolve(Request.FILE));
  }

  boolean isForgiven(String digest) {
    return forgiven().contains(digest);
  }

  /** Remembered until that digest is asked for. */
  void forgive(String digest) throws IOException {
    Set<String> all = forgiven();
    // Only what the service refuses: else a running version would be asked for once more.
    boolean refused = report().stream().anyMatch(report -> report.failed().contains(digest));
    if (refused && all.add(digest)) {
      writeForgiven(all);
    }
  }

  private Set<String> forgiven() {
    return new LinkedHashSet<>(
        read(folder.resolve(FORGIVEN), MAX_FORGIVEN)
            .map(text -> new String(text, UTF_8).lines().toList())
            .orElse(List.of()));
  }

  private void writeForgiven(Set<String> digests) throws IOException {
    SyncedFiles.replace(folder.resolve(FORGIVEN), String.join("\n", digests).getBytes(UTF_8));
  }

  /** Which program the service installs. */
  String program() throws IOException {
    return report()
        .map(Report::program)
        .orElseThrow(() -> new IOException("the sync-node has said nothing yet"));
  }

  /** Which program a verified bundle is of. */
  String program(Path bundle) throws IOException {
    byte[] json =
        read(bundle.resolve(ApplicationManifest.FILE), ApplicationManifest.MAX_BYTES)
            .orElseThrow(() -> new IOException(bundle + " has no manifest"));
    return switch (ApplicationManifest.read(json)) {
      case Document.Good<ApplicationManifest>(ApplicationManifest manifest) -> manifest.name();
      case Document.Faulty<ApplicationManifest>(List<Fault> faults) ->
          throw new IOException("the manifest: " + faults.getFirst());
    };
  }

  private static <T> Optional<T> good(Document<T> read) {
    return read instanceof Document.Good<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  private static Optional<byte[]> read(Path file, int most) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      return bytes.length > most ? Optional.empty() : Optional.of(bytes);
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
