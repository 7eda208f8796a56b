package io.edgeflow.cloud.operator;

import io.edgeflow.process.cli.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow rollout}. */
@Command(
    name = "edgeflow rollout",
    mixinStandardHelpOptions = true,
    description = {
      "Brings a published model, or a version of a program, to edges in waves, and takes it back.",
      "",
      "A fleet file says what goes where, and how carefully:",
      "",
      "  name: pump-health 1.3.0",
      "  slot: health",
      "  model: pump-health",
      "  version: 1.3.0",
      "  selector: {sites: [west]}",
      "  waves: [1, 10%%, 50%%, 100%%]",
      "  soak: 10m",
      "",
      "docs/rollouts.md explains every key. Each edge tries the bundle, compares it with the one"
          + " that serves, lets it serve, and goes back by itself if it does badly. A wave begins"
          + " when enough edges of the one before have passed; too little to judge is never a pass."
          + " More failures than the file allows stop the rollout and bring every edge back.",
      "",
      "  edgeflow rollout plan fleet.yaml",
      "  edgeflow rollout start fleet.yaml --watch",
      "  edgeflow rollout status",
      "  edgeflow rollout undo 20251121-1203-0a1b2 --why 'false alarms in hall 3'",
      ""
    },
    subcommands = {
      RolloutFile.Plan.class,
      RolloutFile.Start.class,
      RolloutStatus.class,
      RolloutHistory.class,
      RolloutOrder.Pause.class,
      RolloutOrder.Resume.class,
      RolloutOrder.Abort.class,
      RolloutOrder.Undo.class,
      EdgeOrder.Forgive.class,
      EdgeOrder.Reissue.class
    })
public final class Rollout implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Rollout(), args));
  }
}
