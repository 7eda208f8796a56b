package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.inference.bundle.Publishable;
import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options with which a bundle is signed. */
final class Signing {
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

  /**
   * Writes {@code signatures.json}, and says so in words.
   *
   * @param err is told what will come of a key that signs no bundles
   */
  String sign(Publishable bundle, Path key, PrintWriter err) throws IOException {
    SigningKey signer = KeyFiles.signing(key);
    if (KeyFiles.isRoot(key, signer)) {
      err.println(
          "warning: "
              + key
              + " is the root, which signs no bundles: cloud and edges refuse this one as"
              + " unknown-signer; sign it with the key of a publisher (`edgeflow model keygen"
              + " FOLDER --add NAME`)");
      err.flush();
    }
    Instant now = Instant.now();
    Statement statement =
        BundleTrust.statement(
            bundle,
            number == null ? now.getEpochSecond() : number,
            now,
            Optional.ofNullable(validFor).map(now::plus));
    SyncedFiles.replace(
        bundle.folder().resolve(Bundle.SIGNATURES_FILE),
        (BundleTrust.sign(statement, signer) + "\n").getBytes(StandardCharsets.UTF_8));
    return bundle + " is signed as number " + statement.number() + " by " + signer.verifying().id();
  }
}
