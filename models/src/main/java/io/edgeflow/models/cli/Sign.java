package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Publishable;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model sign}. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Vouches for a bundle: writes signatures.json into it.",
      "",
      "What is signed is the bundle's digest, its name and version, each file and each piece of it,"
          + " and a number: an edge takes no bundle with a lower number than one that it took.",
      "  edgeflow model sign flow-model --key keys/ada.key",
      "",
      "A version of a program is signed in the same way: a folder with a manifest.json of the kind"
          + " application, and the package, if it names one.",
      ""
    })
final class Sign implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The bundle.")
  private Path folder = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The publisher's key, as 'model keygen' made it.")
  private Path key = Path.of("");

  @Mixin private Signing signing = new Signing();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Optional<Publishable> bundle = ReadBundle.publishable(folder, spec);
    if (bundle.isEmpty()) {
      return ExitCodes.FAILED;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(signing.sign(bundle.get(), key, spec.commandLine().getErr()));
    out.flush();
    return ExitCodes.DONE;
  }
}
