package io.edgeflow.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.slaves.Framing;
import io.edgeflow.lab.slaves.SlaveField;
import io.edgeflow.lab.slaves.SlaveLine;
import io.edgeflow.lab.slaves.UnitSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Simulated units, and who polls them: a bare client, then a gateway. */
final class ModbusHouse implements AutoCloseable {
  /** Registers in one request: whole floats. */
  static final int MOST = 124;

  private static final int WARM_UP_SECONDS = 30;
  private static final int BARE_ROUNDS = 30;
  private static final double MOST_CORES = 0.5;
  private static final double MOST_RATIO = 1.3;
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration BARE = Duration.ofMinutes(3);

  /**
   * @param dead of the units, the last ones
   */
  record Shape(int units, int points, int dead) {
    int alive() {
      return units - dead;
    }
  }

  private final Path home;
  private final Shape shape;
  private final SlaveLine line;

  ModbusHouse(Path home, Shape shape) throws IOException {
    this.home = home;
    this.shape = shape;
    List<UnitSpec> specs = new ArrayList<>(List.of(UnitSpec.parse("1-" + shape.alive())));
    if (shape.dead() > 0) {
      specs.add(UnitSpec.parse((shape.alive() + 1) + "-" + shape.units() + ":dead"));
    }
    long start = System.nanoTime();
    this.line =
        SlaveLine.listen(
            Framing.TCP,
            SlaveField.of(specs, shape.points(), () -> (System.nanoTime() - start) / 1_000));
  }

  /**
   * Medians of a request, in microseconds.
   *
   * @param library a client that does nothing but read, of another library
   * @param sockets bytes to and fro on a plain socket: no time-out, nothing is checked or decoded.
   *     It is no client, but what the machine itself takes
   */
  record Bare(double library, double sockets) {}

  /** What others take for the same blocks. */
  Bare bare(PrintWriter out) throws IOException, InterruptedException {
    var bare = new Bare(bare("library"), bare("sockets"));
    out.printf(
        Locale.ROOT,
        "bare client (digitalpetri), median of a request: %.0f us; plain sockets: %.0f us%n"
            + "the gateway's line alone, in the same rhythm: %.0f us%n",
        bare.library(),
        bare.sockets(),
        bare("line"));
    out.flush();
    return bare;
  }

  private double bare(String kind) throws IOException, InterruptedException {
    Path log = home.resolve(kind + ".log");
    var command =
        new ChildProcess.Command(
            BareMaster.class.getName(),
            LauncherOptions.GATEWAY,
            List.of(
                kind,
                Integer.toString(line.port()),
                Integer.toString(shape.alive()),
                Integer.toString(2 * shape.points()),
                Integer.toString(BARE_ROUNDS)),
            home,
            log);
    try (ChildProcess client = ChildProcess.start(command)) {
      if (!client.ended(BARE)) {
        throw new IOException("the bare client does not end: " + client.lastWords());
      }
    }
    return Files.readAllLines(log).stream()
        .filter(said -> said.startsWith("median "))
        .mapToDouble(said -> Double.parseDouble(said.substring("median ".length())))
        .findFirst()
        .orElseThrow(() -> new IOException("the bare client measured nothing"));
  }

  /** Whether every bound held. */
  boolean polled(int seconds, Bare bare, PrintWriter out) throws IOException, InterruptedException {
    int http = Ports.free();
    Path config = home.resolve("gateway.yaml");
    Files.writeString(config, yaml(Ports.free(), http));
    var command =
        new ChildProcess.Command(
            "io.edgeflow.gateway.Gateway",
            LauncherOptions.GATEWAY,
            List.of("--config", config.toString()),
            home,
            home.resolve("gateway.log"));
    try (Service gateway = new Service(command, URI.create("http://127.0.0.1:" + http))) {
      gateway.start();
      gateway.awaitReady(START);
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      return measured(gateway, seconds, bare, out);
    }
  }

  private boolean measured(Service gateway, int seconds, Bare bare, PrintWriter out)
      throws IOException, InterruptedException {
    ProcessHandle process = ProcessHandle.of(gateway.child().pid()).orElseThrow();
    JsonNode before = gateway.json("/api/v1/modbus");
    long accepted = gateway.json("/api/v1/ledger").path("accepted").asLong();
    double used = ProcessUse.seconds(process);
    long begun = System.nanoTime();
    List<Double> micros = new ArrayList<>();
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds)) {
      TimeUnit.SECONDS.sleep(1);
      took(gateway.json("/api/v1/modbus"), micros);
    }
    double span = (System.nanoTime() - begun) / 1e9;
    double cores = (ProcessUse.seconds(process) - used) / span;
    JsonNode after = gateway.json("/api/v1/modbus");
    long missed = missed(after) - missed(before);
    long readings = gateway.json("/api/v1/ledger").path("accepted").asLong() - accepted;
    Collections.sort(micros);
    double median = micros.get(micros.size() / 2);
    double ratio = median / bare.library();
    double expected = (double) shape.alive() * shape.points() * span;
    out.printf(
        Locale.ROOT,
        """
        %d units of %d floats, %d dead, every second over %.0f s, one connection
        cycles missed: %d of %.0f (0)
        readings accepted: %d, %.4f of what they have
        processor: %.3f cores (%.1f)
        median of a request: %.0f us, ratio %.2f of the bare client (%.1f), %.2f of plain sockets; p99 %.0f us
        """,
        shape.units(),
        shape.points(),
        shape.dead(),
        span,
        missed,
        shape.alive() * span,
        readings,
        readings / expected,
        cores,
        MOST_CORES,
        median,
        ratio,
        MOST_RATIO,
        median / bare.sockets(),
        micros.get(micros.size() * 99 / 100));
    out.flush();
    return missed == 0 && cores < MOST_CORES && ratio <= MOST_RATIO;
  }

  private static void took(JsonNode units, List<Double> micros) {
    for (JsonNode unit : units.path("units")) {
      for (JsonNode block : unit.path("blocks")) {
        if (block.path("result").asText().equals("ok")) {
          micros.add(block.path("tookMicros").asDouble());
        }
      }
    }
  }

  private static long missed(JsonNode units) {
    long missed = 0;
    for (JsonNode unit : units.path("units")) {
      missed += unit.path("missed").asLong();
    }
    return missed;
  }

  private String yaml(int mqtt, int http) throws IOException {
    var yaml = new StringBuilder();
    yaml.append(
        """
        edge: bench
        dataDir: "%s"
        mqtt: { port: %d }
        http: { port: %d }
        # Nobody answers there: frames stay in the journal, as on a site without a link.
        uplink: { url: "tcp://127.0.0.1:%d" }
        buffer: { freeSpaceFloor: 1MiB }
        modbus:
          connections:
            line: { tcp: "127.0.0.1:%d" }
          profiles:
            floats:
              connection: line
              maxRegisters: %d
              points:
        """
            .formatted(home.resolve("data"), mqtt, http, Ports.free(), line.port(), MOST));
    for (int point = 0; point < shape.points(); point++) {
      yaml.append("        p%d: {address: %d, type: float32}%n".formatted(point, 2 * point));
    }
    yaml.append("  devices:\n");
    for (int unit = 1; unit <= shape.units(); unit++) {
      yaml.append("    unit-%d: {profile: floats, unitId: %d}%n".formatted(unit, unit));
    }
    return yaml.toString();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
