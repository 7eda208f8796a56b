package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that take a fleet file. */
abstract class RolloutFile implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "A fleet file, YAML or JSON.")
  private Path file = Path.of("fleet.yaml");

  @Option(names = "--json", description = "Prints what the cloud answers.")
  boolean json;

  @Mixin CloudOptions cloud = new CloudOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  final byte[] content() throws Exception {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder, and a fleet file is wanted");
    }
    return Files.readAllBytes(file);
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** {@code ./edgeflow rollout plan}. */
  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = {
        "Says what a fleet file would come to now: which edges with which wave, how much they have"
            + " to fetch, whom a wave may have to wait for, and who is left out. Changes nothing.",
        ""
      })
  static final class Plan extends RolloutFile {
    @Override
    public Integer call() throws Exception {
      JsonNode plan = cloud.post("/api/v1/rollouts/plan", content());
      out().println(json ? plan.toPrettyString() : RolloutText.plan(plan));
      out().flush();
      return ExitCodes.DONE;
    }
  }

  /** {@code ./edgeflow rollout start}. */
  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = {
        "Starts a rollout and prints its id. It goes on by itself: nobody has to watch it.",
        "",
        "Where another rollout over the same edges and slot is under way, it waits for that.",
        ""
      })
  static final class Start extends RolloutFile {
    @Mixin private Reason reason = new Reason();

    @Option(names = "--watch", description = "Stays until it ends, and shows how far it is.")
    private boolean watch;

    @Override
    public Integer call() throws Exception {
      JsonNode begun = cloud.post("/api/v1/rollouts?" + reason.query(), content());
      String id = begun.path("id").asText();
      if (watch) {
        return new Watch(cloud, id, out()).call();
      }
      out().println(json ? begun.toPrettyString() : id);
      out().flush();
      if (!json) {
        // Not on the output: a script takes the id from there.
        PrintWriter err = spec.commandLine().getErr();
        String behind = begun.path("behind").asText();
        if (!behind.isEmpty()) {
          err.println(
              "it is queued behind " + behind + ", and begins by itself when that has ended");
        }
        err.println("`edgeflow rollout status " + id + "` says how it does");
        err.flush();
      }
      return ExitCodes.DONE;
    }
  }
}
