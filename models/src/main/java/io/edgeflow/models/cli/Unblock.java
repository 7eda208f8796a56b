package io.edgeflow.models.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model unblock}. */
@Command(
    name = "unblock",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a gateway try a bundle again that it refuses.",
      "",
      "A gateway that took a model back by itself, or died of it, refuses its digest from then on. "
          + "The cloud can forgive it too.",
      ""
    })
final class Unblock implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIGEST", description = "64 hexadecimal digits.")
  private String digest = "";

  @Mixin private Wishes wishes = new Wishes();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new ParameterException(spec.commandLine(), digest + " is no digest");
    }
    return wishes.ask(spec, "", "unblock", Map.of("digest", digest));
  }
}
