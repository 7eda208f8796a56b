package io.edgeflow.models.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model unpin}. */
@Command(
    name = "unpin",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a slot take rollouts again. One that was rejected because of the pin is taken up.",
      ""
    })
final class Unpin implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SLOT", description = "As the configuration names it.")
  private String slot = "";

  @Mixin private Wishes wishes = new Wishes();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!slot.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new ParameterException(spec.commandLine(), slot + " is no name of a slot");
    }
    return wishes.ask(spec, slot, "unpin", Map.of());
  }
}
