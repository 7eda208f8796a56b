package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow rollout status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Without an id: the newest rollouts and what runs on the edges. With one: its waves, its"
          + " edges and what the gates say of them.",
      "",
      "Only edges that saw the document count. Those that cannot be heard are shown apart: they are"
          + " neither a success nor a failure.",
      ""
    })
final class RolloutStatus implements Callable<Integer> {
  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Of a rollout.")
  private String id = "";

  @Option(names = "--watch", description = "Stays until the rollout ends; needs an id.")
  private boolean watch;

  @Option(names = "--json", description = "Prints the documents as the cloud answers them.")
  private boolean json;

  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (watch) {
      if (id.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "--watch needs the id of a rollout");
      }
      return new Watch(cloud, id, out).call();
    }
    out.println(id.isEmpty() ? all() : one());
    out.flush();
    return ExitCodes.DONE;
  }

  private String one() throws Exception {
    JsonNode detail = cloud.get("/api/v1/rollouts/" + CloudOptions.encoded(id));
    return json ? detail.toPrettyString() : RolloutText.detail(detail);
  }

  private String all() throws Exception {
    JsonNode rollouts = cloud.get("/api/v1/rollouts");
    JsonNode fleet = cloud.get("/api/v1/fleet");
    return json
        ? ((ObjectNode) rollouts).set("fleet", fleet).toPrettyString()
        : RolloutText.all(rollouts, fleet);
  }
}
