package io.edgeflow.gateway;

import io.edgeflow.gateway.doctor.Read;
import io.edgeflow.gateway.doctor.Scan;
import io.edgeflow.process.cli.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow modbus}. */
@Command(
    name = "edgeflow modbus",
    mixinStandardHelpOptions = true,
    description = {
      "What is the matter with a Modbus line: who answers on it, what lies where, and whether it"
          + " can be polled that often.",
      "",
      "None of these writes to a device. A gateway that polls the same line may hold its only"
          + " session: stop it first."
    },
    subcommands = {Scan.class, Read.class, ModbusPlan.class})
public final class ModbusCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new ModbusCommand(), args));
  }
}
