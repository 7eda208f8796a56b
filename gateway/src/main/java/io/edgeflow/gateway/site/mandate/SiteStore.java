package io.edgeflow.gateway.site.mandate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.http.Json;
import io.edgeflow.wire.document.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mandate and how far it is, on the disk. One thread. */
public final class SiteStore {
  private static final Logger log = LoggerFactory.getLogger(SiteStore.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;

  public SiteStore(Path folder) {
    this.folder = folder;
  }

  /** On the disk when it returns: this, or as it was. */
  void write(SiteRollout rollout) throws IOException {
    Files.createDirectories(folder);
    SyncedFiles.replace(state(), Json.bytes(rollout));
  }

  /** Empty if there is none, or it cannot be read. */
  Optional<SiteRollout> read() {
    try {
      return Files.exists(state())
          ? Optional.of(MAPPER.readValue(Files.readAllBytes(state()), SiteRollout.class))
          : Optional.empty();
    } catch (IOException | RuntimeException damaged) {
      log.warn("How far the site's rollout is cannot be read: it waits for the cloud", damaged);
      return Optional.empty();
    }
  }

  /** The signed bytes, on the disk when it returns. */
  void writeMandate(byte[] signed) throws IOException {
    Files.createDirectories(folder);
    SyncedFiles.replace(mandate(), signed);
  }

  /** The signed bytes of just this mandate. */
  Optional<byte[]> readMandate(String digest) {
    try {
      return Files.exists(mandate())
          ? Optional.of(Files.readAllBytes(mandate()))
              .filter(bytes -> Digests.of(bytes).equals(digest))
          : Optional.empty();
    } catch (IOException unreadable) {
      log.warn("The site's mandate cannot be read", unreadable);
      return Optional.empty();
    }
  }

  private Path state() {
    return folder.resolve("rollout.json");
  }

  private Path mandate() {
    return folder.resolve("mandate.json");
  }
}
