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

/** Commands that change a rollout under way. */
abstract class RolloutOrder implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "As 'rollout status' lists it.")
  private String id = "";

  @Option(names = "--json", description = "Prints the rollout as the cloud answers it.")
  private boolean json;

  @Mixin private Reason reason = new Reason();
  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() throws Exception {
    String path = "/api/v1/rollouts/" + CloudOptions.encoded(id) + "/" + spec.name();
    JsonNode detail = cloud.post(path, reason.words());
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? detail.toPrettyString() : RolloutText.line(detail.path("rollout")));
    out.flush();
    return ExitCodes.DONE;
  }

  /** {@code ./edgeflow rollout pause}. */
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "No more edges begin; those that began go on.")
  static final class Pause extends RolloutOrder {}

  /** {@code ./edgeflow rollout resume}. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "On with the wave; failures so far are accepted, and its time starts anew.")
  static final class Resume extends RolloutOrder {}

  /** {@code ./edgeflow rollout abort}. */
  @Command(
      name = "abort",
      mixinStandardHelpOptions = true,
      description =
          "No more edges begin; those that do not run it yet go back, the others keep it.")
  static final class Abort extends RolloutOrder {}

  /** {@code ./edgeflow rollout undo}. */
  @Command(
      name = "undo",
      mixinStandardHelpOptions = true,
      description = "Every edge goes back to what it ran, at once; also after the rollout is done.")
  static final class Undo extends RolloutOrder {}
}
