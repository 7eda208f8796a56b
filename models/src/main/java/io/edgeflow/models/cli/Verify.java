package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.inference.bundle.Publishable;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.StatementCheck;
import io.edgeflow.process.trust.TrustRefusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Tells whether somebody who counts vouches for a bundle, as an edge would.",
      "  edgeflow model verify flow-model --root keys/root.pub --keys keys/keys.json",
      "",
      "Exits with 1 if not, and says why: unsigned, unreadable, unknown-signer, tampered, "
          + "expired or downgraded.",
      ""
    })
final class Verify implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The bundle.")
  private Path folder = Path.of("");

  @Option(names = "--root", required = true, paramLabel = "FILE", description = "The pinned root.")
  private Path root = Path.of("");

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FILE",
      description = "Who may publish: keys.json.")
  private Path keys = Path.of("");

  @Option(
      names = "--floor",
      paramLabel = "N",
      defaultValue = "0",
      description = "The highest number that was taken before; default: ${DEFAULT-VALUE}.")
  private long floor;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Optional<Publishable> bundle = ReadBundle.publishable(folder, spec);
    if (bundle.isEmpty()) {
      return ExitCodes.FAILED;
    }
    KeyChain.Read chain = KeyChain.read(Files.readAllBytes(keys), KeyFiles.verifying(root), 0);
    return switch (chain) {
      case KeyChain.Refused(TrustRefusal refusal) -> refused(keys + ": " + refusal);
      case KeyChain.Good(KeyChain _, KeyDocument newest) -> judged(bundle.get(), newest);
    };
  }

  private int judged(Publishable bundle, KeyDocument newest) {
    var check = new StatementCheck(newest, Optional.of(Instant.now()));
    return switch (BundleTrust.check(bundle, check, floor)) {
      case StatementCheck.Refused(TrustRefusal refusal) -> refused(bundle + ": " + refusal);
      case StatementCheck.Trusted(var statement, String signer) -> {
        PrintWriter out = spec.commandLine().getOut();
        out.println(bundle + " is number " + statement.number() + ", signed by " + signer);
        out.flush();
        yield ExitCodes.DONE;
      }
    };
  }

  private int refused(String why) {
    spec.commandLine().getErr().println(why);
    return ExitCodes.FAILED;
  }
}
