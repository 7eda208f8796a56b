package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--number",
      paramLabel = "N",
      description = "Rises from version to version. Otherwise the seconds since 1970.")
  private @Nullable Long number;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long edges may take it: 90d. Otherwise without end.")
  private @Nullable Duration validFor;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    SigningKey signer = KeyFiles.signing(key);
    Optional<Bundle> bundle = ReadBundle.read(folder, spec);
    if (bundle.isEmpty()) {
      return ExitCodes.FAILED;
    }
    Instant now = Instant.now();
    Statement statement =
        BundleTrust.statement(
            bundle.get(),
            number == null ? now.getEpochSecond() : number,
            now,
            Optional.ofNullable(validFor).map(now::plus));
    SyncedFiles.replace(
        folder.resolve(Bundle.SIGNATURES_FILE),
        (BundleTrust.sign(statement, signer) + "\n").getBytes(StandardCharsets.UTF_8));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        bundle.get()
            + " is signed as number "
            + statement.number()
            + " by "
            + signer.verifying().id());
    out.flush();
    return ExitCodes.DONE;
  }
}
