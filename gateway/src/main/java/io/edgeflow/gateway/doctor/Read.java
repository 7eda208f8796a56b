package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.Asker.Asked;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.Registers;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow modbus read}. */
@Command(
    name = "read",
    mixinStandardHelpOptions = true,
    description = {
      "Reads one range, shows it in every type and order of bytes, and writes the configuration of"
          + " what you choose.",
      "",
      "  edgeflow modbus read --host 10.0.0.5 --unit 3 --address 100 --count 8",
      "  edgeflow modbus read --host 10.0.0.5 --unit 3 --address 100 --count 8 \\",
      "    --choose float32:CDAB@100 --choose uint16@104",
      "",
      "A * marks what a plant could mean: neither tiny nor huge, nor 0. The register that a manual"
          + " calls 40001 is address 0 of the table holding, its 30001 address 0 of input.",
      ""
    },
    footer = {"", "A DURATION is written 500ms, 90s, 5m or 2h."})
public final class Read implements Callable<Integer> {
  @Mixin private LineOptions where = new LineOptions();

  @Option(
      names = "--unit",
      paramLabel = "ID",
      defaultValue = "1",
      description = "Whom to ask, 0 to 255 (default: ${DEFAULT-VALUE}).")
  private int unit;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      defaultValue = "holding",
      description = "coil, discrete, holding or input (default: ${DEFAULT-VALUE}).")
  private RegisterTable table = RegisterTable.HOLDING;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "0",
      description = "Where to begin, as it goes over the wire (default: ${DEFAULT-VALUE}).")
  private int address;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "8",
      description = "Registers, 1 to 125, or bits, 1 to 2000 (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Show only this of the types of several registers; may be repeated.")
  private List<RegisterType> types = new ArrayList<>();

  @Option(
      names = "--choose",
      paramLabel = "TYPE[:ORDER][@ADDRESS]",
      description = {
        "Print the configuration that reads this; may be repeated.",
        "Without an address: all of the range, one value after the other."
      })
  private List<String> choices = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1s",
      description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(1);

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    List<Chosen> chosen = checked();
    try (ModbusLine line = where.line(timeout)) {
      Asked asked = new Asker(line).ask(unit, table, address, count);
      if (asked.result() instanceof PollResult.Values(Registers registers)) {
        show(asked.nanos(), registers, chosen);
        return ExitCodes.DONE;
      }
      PrintWriter err = spec.commandLine().getErr();
      err.println("unit " + unit + ", " + range() + ": " + Failure.words(asked.result()));
      advice(asked).forEach(words -> err.println("  - " + words));
      err.flush();
      return ExitCodes.FAILED;
    }
  }

  /** What is wrong is found before anybody is asked. */
  private List<Chosen> checked() {
    try {
      where.endpoint();
      check(unit >= 0 && unit <= 255, "--unit is 0 to 255");
      check(count >= 1 && count <= table.most(), "--count is 1 to " + table.most());
      check(
          address >= 0 && address <= RegisterPoint.ADDRESS_END - count,
          "the range must end at 65535");
      List<Chosen> chosen = choices.stream().map(Chosen::parse).toList();
      for (Chosen one : chosen) {
        one.addresses(address, count);
        check(!table.bits() || one.type() == RegisterType.BOOL, "in a table of bits all are bool");
      }
      return chosen;
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private static void check(boolean good, String fault) {
    if (!good) {
      throw new IllegalArgumentException(fault);
    }
  }

  private String range() {
    return TableProbe.word(table) + " " + address + " to " + (address + count - 1);
  }

  private void show(long nanos, Registers registers, List<Chosen> chosen) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> yaml =
        chosen.isEmpty()
            ? List.of()
            : PointYaml.lines(where.endpoint(), unit, table, address, registers, chosen);
    if (json) {
      String place = where.endpoint().words();
      out.println(Json.text(ReadDocument.of(place, unit, table, address, nanos, registers, yaml)));
    } else {
      out.printf(
          Locale.ROOT, "unit %d, %s, read in %.1f ms%n%n", unit, range(), Scanner.millis(nanos));
      out.println(new ReadText(table, address, registers).text(types));
      if (!yaml.isEmpty()) {
        out.println();
        yaml.forEach(out::println);
      }
    }
    out.flush();
  }

  private List<String> advice(Asked asked) {
    return switch (asked.result()) {
      case PollResult.DeviceError(int code) when code == Exceptions.ADDRESS ->
          List.of(
              "an address of the range is not there, or there are too many at once: try --count 1,"
                  + " or 'modbus scan --units "
                  + unit
                  + " --tables'",
              "many manuals count from 1: their 40101 is address 100");
      case PollResult.DeviceError(int code) when code == Exceptions.VALUE ->
          List.of("too many at once for this unit: try a smaller --count");
      case PollResult.DeviceError(int code) when code == Exceptions.FUNCTION ->
          List.of("the unit has no such table: try another --table");
      case PollResult.TimedOut _ ->
          List.of("'modbus scan' finds which units answer; a slow one needs --timeout 3s");
      default -> List.of();
    };
  }
}
