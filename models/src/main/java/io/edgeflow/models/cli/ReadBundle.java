package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A bundle for a command that needs no graph of it. */
final class ReadBundle {
  private ReadBundle() {}

  /** Says why there is none on the command's error output. */
  static Optional<Bundle> read(Path folder, CommandSpec spec) {
    return switch (new BundleReader(BundleLimits.STANDARD).read(folder)) {
      case BundleRead.Good(Bundle bundle) -> Optional.of(bundle);
      case BundleRead.Refused(var refusal) -> {
        spec.commandLine().getErr().println(folder + ": " + refusal);
        yield Optional.empty();
      }
    };
  }
}
