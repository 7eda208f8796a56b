package io.edgeflow.gateway;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.doctor.ConfiguredLine;
import io.edgeflow.gateway.doctor.PlanReport;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow modbus plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a configuration asks of each Modbus line: its requests, their bytes, and whether"
          + " the line has the time; and what to change where it has not.",
      "",
      "  edgeflow modbus plan --config gateway.yaml",
      "  edgeflow modbus plan --config gateway.yaml --baud 19200 --turnaround 5ms",
      "",
      "A serial line is reckoned by its bits, with silences of 3.5 characters; TCP by the time that"
          + " an answer takes. --measure asks the devices; nothing else here connects to them.",
      "",
      "Exit code 1 if a line is over-booked.",
      ""
    },
    footer = {"", "A DURATION is written 500ms, 90s, 5m or 2h."})
final class ModbusPlan implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--turnaround",
      paramLabel = "DURATION",
      defaultValue = "10ms",
      description = "How long a device on a serial line thinks (default: ${DEFAULT-VALUE}).")
  private Duration turnaround = Duration.ofMillis(10);

  @Option(
      names = "--round-trip",
      paramLabel = "DURATION",
      defaultValue = "10ms",
      description = "How long an answer over TCP takes (default: ${DEFAULT-VALUE}).")
  private Duration roundTrip = Duration.ofMillis(10);

  @Option(
      names = "--measure",
      description = "Reads every block twice, and takes what the answers took, for both.")
  private boolean measure;

  @Option(
      names = "--baud",
      paramLabel = "BAUD",
      description = "Reckon serial lines with this speed, not the configured one.")
  private @Nullable Integer baud;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (baud != null && baud < 1) {
      throw new ParameterException(spec.commandLine(), "--baud is 1 or more");
    }
    List<ConfiguredLine> lines = lines(options.load(GatewayConfig.class).value().modbus());
    if (lines.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "the configuration has no Modbus devices: modbus.devices is empty");
    }
    var terms =
        new PlanReport.Terms(
            turnaround,
            roundTrip,
            measure,
            baud == null ? OptionalInt.empty() : OptionalInt.of(baud));
    var report = new PlanReport(terms, spec.commandLine().getOut(), spec.commandLine().getErr());
    return report.print(lines, json) ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  static List<ConfiguredLine> lines(ModbusConfig config) {
    return config.lines().stream()
        .map(
            line ->
                new ConfiguredLine(
                    ModbusParts.settings(line.connection()),
                    line.connection().baud(),
                    ModbusParts.bus(line)))
        .toList();
  }
}
