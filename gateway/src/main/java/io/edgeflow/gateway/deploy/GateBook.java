package io.edgeflow.gateway.deploy;

import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.Gates;
import io.edgeflow.inference.bundle.Limits;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The gates of bundles on the disk. */
final class GateBook {
  private static final Limits USUAL_LIMITS =
      new Limits(Duration.ofSeconds(1), new ByteSize(256 << 20), 256);

  private GateBook() {}

  /**
   * @param folder of a verified bundle; what is not there any more is judged by the usual gates
   */
  static Judge judge(Optional<Path> folder) {
    return folder
        .flatMap(GateBook::manifest)
        .map(manifest -> new Judge(manifest.gates(), manifest.limits()))
        .orElseGet(() -> new Judge(Gates.STANDARD, USUAL_LIMITS));
  }

  private static Optional<Manifest> manifest(Path folder) {
    try {
      byte[] json = Files.readAllBytes(folder.resolve(BundleDocuments.MANIFEST_FILE));
      return BundleDocuments.manifest(json) instanceof Document.Good<Manifest>(Manifest manifest)
          ? Optional.of(manifest)
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
