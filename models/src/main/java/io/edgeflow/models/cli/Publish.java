package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.inference.bundle.Publishable;
import io.edgeflow.models.cloud.Upload;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CloudRefused;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a signed bundle to a cloud, from where edges fetch it.",
      "",
      "Only what the cloud has not is sent; where the line breaks, it goes on, and the same command"
          + " again goes on too. A published version never changes: give a changed bundle another"
          + " version. With --key the bundle is signed first, if it is not signed as it is with"
          + " that key.",
      "  edgeflow model publish flow-model --key keys/ada.key",
      "  edgeflow model publish flow-model --cloud https://plant.example \\",
      "    --user ada --password",
      "  edgeflow model publish flow-model --keys keys/keys.json",
      "    the cloud learns whose signatures count: first, and whenever keygen changed it",
      "",
      "Publishing changes no edge: a rollout does.",
      ""
    })
final class Publish implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long FIRST_WAIT_MILLIS = 500;

  @Parameters(index = "0", paramLabel = "DIR", description = "The bundle.")
  private Path folder = Path.of("");

  @Mixin private CloudOptions cloud = new CloudOptions();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The publisher's key: signs the bundle, if it did not sign it as it is.")
  private @Nullable Path key;

  @Mixin private Signing signing = new Signing();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "Who may publish: keys.json, given to the cloud first.")
  private @Nullable Path keys;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Optional<Publishable> bundle = ReadBundle.publishable(folder, spec);
    Optional<BundleTrust.Signed> signed =
        bundle.isEmpty() ? Optional.empty() : signed(bundle.get());
    if (bundle.isEmpty() || signed.isEmpty()) {
      return ExitCodes.FAILED;
    }
    var told = new Told(spec.commandLine().getErr());
    try (CloudClient client = cloud.open()) {
      if (keys != null) {
        push(client, keys);
      }
      Upload.Done done =
          new Upload(client, folder, signed.get(), told, FIRST_WAIT_MILLIS).publish();
      print(bundle.get(), signed.get(), done);
    }
    return ExitCodes.DONE;
  }

  private Optional<BundleTrust.Signed> signed(Publishable bundle) throws IOException {
    Optional<BundleTrust.Signed> there = BundleTrust.signed(bundle);
    if (there.isPresent() && isAsAsked(there.get())) {
      return there;
    }
    PrintWriter err = spec.commandLine().getErr();
    if (key == null) {
      err.println(
          bundle
              + " is not signed as it is: give --key NAME.key, or sign it with"
              + " `edgeflow model sign`");
      return Optional.empty();
    }
    err.println(signing.sign(bundle, key, err));
    return BundleTrust.signed(bundle);
  }

  /** Whose key is given is to vouch for it, whoever did before. */
  private boolean isAsAsked(BundleTrust.Signed there) throws IOException {
    return key == null || there.isBy(KeyFiles.signing(key).verifying());
  }

  /** One that is older than the cloud's does no harm. */
  private void push(CloudClient client, Path chain) throws IOException, InterruptedException {
    try {
      client.send("POST", "/api/v1/keys", Files.readAllBytes(chain), PATIENCE);
    } catch (CloudRefused refused) {
      if (!refused.code().equals("downgraded")) {
        throw refused;
      }
      spec.commandLine().getErr().println(chain + " is older than what the cloud has");
    }
  }

  private void print(Publishable bundle, BundleTrust.Signed signed, Upload.Done done) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new TreeMap<>();
      said.put("model", bundle.name());
      said.put("version", bundle.version());
      said.put("number", signed.statement().number());
      said.put("digest", bundle.digest().hex());
      said.put("new", done.isNew());
      said.put("sentBytes", done.sentBytes());
      out.println(Json.text(said));
    } else {
      out.println(
          bundle.name()
              + " "
              + bundle.version()
              + (done.isNew() ? " is published at " : " was published already at ")
              + cloud.address());
      out.println("digest: " + bundle.digest());
      out.println("sent: %d of %d bytes".formatted(done.sentBytes(), signed.statement().bytes()));
      out.println(
          "next: a file with `model: %s` and `version: %s` among the rest (docs/rollouts.md),"
              .formatted(bundle.name(), bundle.version()));
      out.println("      edgeflow rollout start FILE --cloud " + cloud.address());
    }
    out.flush();
  }
}
