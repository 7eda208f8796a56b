package io.edgeflow.lab.sim;

import io.edgeflow.lab.slaves.FieldLayout;
import io.edgeflow.lab.slaves.Framing;
import io.edgeflow.lab.slaves.SlaveField;
import io.edgeflow.lab.slaves.SlaveLine;
import io.edgeflow.lab.slaves.SlaveUnit;
import io.edgeflow.lab.slaves.UnitSpec;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow sim modbus}: many units on one line, good and bad ones. */
@Command(
    name = "modbus",
    mixinStandardHelpOptions = true,
    header = "Modbus units, many on one port, each healthy or as bad as you say.",
    description = {
      "",
      "Each has floats that move, holding and input alike: point N at address 2*N, around"
          + " 10*unit + N/10; and coils, discrete inputs and registers that keep what is written.",
      "  edgeflow sim modbus --units 1-50 --points 100 --layout >> gateway.yaml",
      "  edgeflow sim modbus --units 1-50 --points 100",
      "  edgeflow sim modbus --unit 1-5 --unit 3:slow=300ms --unit 4:dead",
      "",
      "What can be the matter with a unit, several with commas between; of two entries for one unit"
          + " the last counts:",
      "  slow=300ms      answers after that time",
      "  dead            never answers",
      "  max=20          refuses blocks of more registers, with exception 3",
      "  max=20/2        the same with exception 2",
      "  exception=6     answers everything with that exception",
      "  swapped         floats come as CDAB",
      "  wrong-id        answers under another transaction id (RTU: unit id)",
      "  half            the first half of each answer, and no more",
      "  garbled         a wrong checksum (TCP: a foreign protocol id)",
      "  hang-up         ends the connection instead of answering",
      "  every=5         all of that only at each fifth request",
      "  tables=holding+coil   has only those; others are exception 1",
      "  from=100, size=50     its tables begin and end there; beyond is exception 2",
      ""
    })
public final class ModbusSim implements Callable<Integer> {
  private static final Duration TELL = Duration.ofSeconds(5);

  @Option(
      names = {"--unit", "--units"},
      paramLabel = "IDS[:TRAITS]",
      converter = UnitSpecs.class,
      description = "Units, as above; as often as you like (default: 1-3).")
  private List<UnitSpec> specs = new ArrayList<>();

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "100",
      description = "Floats of each unit (default: ${DEFAULT-VALUE}).")
  private int points;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "The address to listen at; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "5020",
      description = "Modbus TCP; 0 picks a port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--rtu-port",
      paramLabel = "PORT",
      description = "The same units as RTU frames over TCP; 0 picks a port (default: not at all).")
  private @Nullable Integer rtuPort;

  @Mixin private LineOptions line = new LineOptions();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Stop by itself after that time.")
  private @Nullable Duration runFor;

  @Option(
      names = "--layout",
      description = "Print the part of a gateway's configuration that polls these units, and end.")
  private boolean layoutOnly;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<SlaveUnit> field = field();
    if (layoutOnly) {
      say(FieldLayout.yaml(host + ":" + port, field, Math.max(1, points)).stripTrailing());
      return ExitCodes.DONE;
    }
    List<SlaveLine> lines = new ArrayList<>();
    try {
      lines.add(listen(Framing.TCP, port, field));
      String also = "";
      if (rtuPort != null) {
        lines.add(listen(Framing.RTU, rtuPort, field));
        also = ", as RTU over TCP on " + lines.getLast().port();
      }
      say(
          "%d units with %d floats each on %s:%d%s; Ctrl-C ends it"
              .formatted(field.size(), points, host, lines.getFirst().port(), also));
      run(lines);
    } finally {
      for (SlaveLine open : lines) {
        open.close();
      }
    }
    return ExitCodes.DONE;
  }

  private List<SlaveUnit> field() {
    if (points < 0 || points > 32_768) {
      throw new ParameterException(spec.commandLine(), "--points is not 0 to 32768");
    }
    List<UnitSpec> asked = specs.isEmpty() ? List.of(UnitSpec.parse("1-3")) : specs;
    try {
      line.habits();
      line.downEvery();
      return SlaveField.of(asked, points, Plant::wallClockMicros);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private SlaveLine listen(Framing framing, int at, List<SlaveUnit> field) throws IOException {
    return SlaveLine.listen(framing, host, at, field, line.habits());
  }

  private void run(List<SlaveLine> lines) throws IOException, InterruptedException {
    var stop = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
    long begin = System.nanoTime();
    var outages = new Outages(lines, line.down().orElse(Duration.ZERO), line.downEvery());
    long told = 0;
    long nextTell = TELL.toNanos();
    for (long now = 0; !isOver(now); now = System.nanoTime() - begin) {
      if (stop.await(100, TimeUnit.MILLISECONDS)) {
        return;
      }
      outages.look(now).ifPresent(this::say);
      if (now >= nextTell) {
        long requests = lines.stream().mapToLong(SlaveLine::requests).sum();
        tell(lines, requests - told);
        told = requests;
        nextTell += TELL.toNanos();
      }
    }
  }

  private boolean isOver(long sinceNanos) {
    return runFor != null && sinceNanos >= runFor.toNanos();
  }

  private void tell(List<SlaveLine> lines, long requests) {
    say(
        String.format(
            Locale.ROOT,
            "%.1f requests/s, %d connections open, %d so far, %d turned away",
            requests / (double) TELL.toSeconds(),
            lines.stream().mapToInt(SlaveLine::sessions).sum(),
            lines.stream().mapToLong(SlaveLine::connections).sum(),
            lines.stream().mapToLong(SlaveLine::turnedAway).sum()));
  }

  private void say(String words) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(words);
    out.flush();
  }
}
