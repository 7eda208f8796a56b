package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow rollout history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "What happened to a rollout, when, and who asked for it.")
final class RolloutHistory implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "As 'rollout status' lists it.")
  private String id = "";

  @Option(names = "--json", description = "Prints the entries as the cloud answers them.")
  private boolean json;

  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonNode history = cloud.get("/api/v1/rollouts/" + CloudOptions.encoded(id)).path("history");
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? history.toPrettyString() : RolloutText.history(history));
    out.flush();
    return ExitCodes.DONE;
  }
}
