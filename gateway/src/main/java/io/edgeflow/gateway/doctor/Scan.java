package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.process.cli.ProgressLine;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow modbus scan}. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = {
      "Says which units answer on a line, and what they have. It only reads.",
      "",
      "  edgeflow modbus scan --host 10.0.0.5 --units 1-20 --tables",
      "  edgeflow modbus scan --serial /dev/ttyUSB0 --baud 19200 --parity even",
      "",
      "An exception is an answer too, unless a gateway says with it that nobody is there. --tables"
          + " says of each unit which of the four tables can be read, from where, and how many"
          + " registers at once, which a unit may have fewer of than the protocol allows.",
      "A scan of all ids takes as long as all time-outs together; other masters notice it.",
      "",
      "Exit code 1 if nobody answers.",
      ""
    },
    footer = {"", "A DURATION is written 500ms, 90s, 5m or 2h."})
public final class Scan implements Callable<Integer> {
  @Mixin private LineOptions where = new LineOptions();

  @Option(
      names = "--units",
      paramLabel = "IDS",
      defaultValue = "1-247",
      description = "Whom to ask: 7, 1-20 or 1,3,10-20 (default: ${DEFAULT-VALUE}).")
  private String units = "1-247";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "300ms",
      description = "How long each has to answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofMillis(300);

  @Option(names = "--tables", description = "Look into the tables of those that answer.")
  private boolean tables;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    List<Integer> ids;
    ModbusLine line;
    try {
      ids = UnitRanges.parse(units);
      line = where.line(timeout);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
    ScanDocument scan = scan(line, ids);
    spec.commandLine().getOut().println(json ? Json.text(scan) : new ScanText(scan).text());
    spec.commandLine().getOut().flush();
    return scan.answering() > 0 ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private ScanDocument scan(ModbusLine line, List<Integer> ids) throws InterruptedException {
    try (line;
        var progress = new ProgressLine(spec.commandLine().getErr(), true)) {
      String place = where.endpoint().words();
      return new Scanner(place, new Asker(line), timeout, tables, progress::show).scan(ids);
    }
  }
}
