package io.edgeflow.lab.bench;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a minute of a series costs on the wire, against its readings as single messages. */
@Command(
    name = "wire",
    mixinStandardHelpOptions = true,
    header = "Bytes on the wire per minute window, against the raw messages.",
    description = {
      "Bytes of frames per window of one minute of the simulated plant, each series read once a",
      "second, names included; and the ratio to the same readings as JSON messages of MQTT."
    })
public final class WireBench implements Callable<Integer> {
  private static final double TARGET_DECIMALS = 16;
  private static final double TARGET_DOUBLES = 45;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Series in every frame (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "Minutes, each of which is a frame (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    require(series >= 1 && series <= 20_000, "--series is not 1 to 20000");
    require(minutes >= 1 && minutes <= 1_000, "--minutes is not 1 to 1000");
    WireWork work = new WireWork(series, minutes);
    WireWork.Cost decimals = work.cost(value -> Math.rint(value * 100) / 100);
    WireWork.Cost doubles = work.cost(value -> value);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? asJson(decimals, doubles) : asText(decimals, doubles));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }

  private String asText(WireWork.Cost decimals, WireWork.Cost doubles) {
    return String.format(
        Locale.ROOT,
        """
        wire: %,d series, one reading a second, %d minutes, bytes per window with names
        %s
        %s\
        """,
        series,
        minutes,
        line("two decimals", decimals, TARGET_DECIMALS),
        line("full doubles", doubles, TARGET_DOUBLES));
  }

  private static String line(String name, WireWork.Cost cost, double target) {
    return String.format(
        Locale.ROOT,
        "  %s  %6.2f in frames (target %.0f: %s)  %,8.0f as messages  ratio %6.0f",
        name,
        cost.frames(),
        target,
        cost.frames() <= target ? "reached" : "missed",
        cost.messages(),
        cost.ratio());
  }

  private String asJson(WireWork.Cost decimals, WireWork.Cost doubles) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"wire\",\"series\":%d,\"minutes\":%d,%s,%s}",
        series,
        minutes,
        member("twoDecimals", decimals, TARGET_DECIMALS),
        member("fullDoubles", doubles, TARGET_DOUBLES));
  }

  private static String member(String name, WireWork.Cost cost, double target) {
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"frameBytesPerWindow\":%.2f,\"messageBytesPerWindow\":%.0f,\"ratio\":%.1f,"
            + "\"target\":%.0f,\"reached\":%b}",
        name,
        cost.frames(),
        cost.messages(),
        cost.ratio(),
        target,
        cost.frames() <= target);
  }
}
