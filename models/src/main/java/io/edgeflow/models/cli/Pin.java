package io.edgeflow.models.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model pin}. */
@Command(
    name = "pin",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps a slot of a running gateway as it is: it takes no rollout until it is unpinned.",
      "",
      "A rollout that comes meanwhile is rejected, and the cloud says why. Disabling a model "
          + "works all the same, and a model that is being watched may still be taken back.",
      ""
    })
final class Pin implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SLOT", description = "As the configuration names it.")
  private String slot = "";

  @Mixin private Wishes wishes = new Wishes();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!slot.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new ParameterException(spec.commandLine(), slot + " is no name of a slot");
    }
    return wishes.ask(spec, slot, "pin", Map.of());
  }
}
