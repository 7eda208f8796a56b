package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.bundle.Publishable;
import io.edgeflow.inference.bundle.PublishableReader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A bundle for a command that needs no graph of it. */
final class ReadBundle {
  private ReadBundle() {}

  /** A model or a version of a program; says why there is none on the command's error output. */
  static Optional<Publishable> publishable(Path folder, CommandSpec spec) {
    return switch (PublishableReader.read(folder)) {
      case PublishableReader.Good(Publishable bundle) -> Optional.of(bundle);
      case PublishableReader.Refused(BundleRefusal refusal) -> refused(folder, refusal, spec);
    };
  }

  /** Says why there is none on the command's error output. */
  static Optional<Bundle> read(Path folder, CommandSpec spec) {
    return switch (new BundleReader(BundleLimits.STANDARD).read(folder)) {
      case BundleRead.Good(Bundle bundle) -> Optional.of(bundle);
      case BundleRead.Refused(BundleRefusal refusal) -> refused(folder, refusal, spec);
    };
  }

  private static <T> Optional<T> refused(Path folder, BundleRefusal refusal, CommandSpec spec) {
    spec.commandLine().getErr().println(folder + ": " + refusal);
    return Optional.empty();
  }
}
