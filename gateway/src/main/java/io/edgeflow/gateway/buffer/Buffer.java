package io.edgeflow.gateway.buffer;

import io.edgeflow.process.cli.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow buffer}. */
@Command(
    name = "edgeflow buffer",
    mixinStandardHelpOptions = true,
    description = {
      "What a gateway keeps on its disk until the cloud has it.",
      "",
      "fetch and capture ask a running gateway; the others read a data directory and never write to"
          + " it."
    },
    subcommands = {Stat.class, Verify.class, Export.class, Fetch.class, Capture.class})
public final class Buffer implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Buffer(), args));
  }
}
