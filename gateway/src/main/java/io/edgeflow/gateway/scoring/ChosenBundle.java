package io.edgeflow.gateway.scoring;

import static java.util.Objects.requireNonNull;

import io.edgeflow.inference.slot.ModelIdentity;
import java.nio.file.Path;

/**
 * A bundle, to the byte, and where it was found.
 *
 * @param bundle its folder, absolute
 */
record ChosenBundle(String bundle, String name, String version, String digest) {
  ChosenBundle {
    requireNonNull(bundle);
    requireNonNull(name);
    requireNonNull(version);
    requireNonNull(digest);
  }

  static ChosenBundle of(Path folder, ModelIdentity model) {
    return new ChosenBundle(
        folder.toAbsolutePath().toString(), model.name(), model.version(), model.digest());
  }

  Path folder() {
    return Path.of(bundle);
  }

  ModelIdentity identity() {
    return new ModelIdentity(name, version, digest);
  }

  String words() {
    return name + " " + version;
  }
}
