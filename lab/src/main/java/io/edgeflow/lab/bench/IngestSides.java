package io.edgeflow.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The brokers that {@link IngestBench} compares, each a process of its own. */
final class IngestSides implements AutoCloseable {
  static final String GATEWAY = "gateway";
  static final String BARE = "bare";
  static final String MOSQUITTO = "mosquitto";

  private static final Duration START = Duration.ofSeconds(60);

  /** A broker and where it listens. */
  record Side(String name, int port) {}

  private final Path home;
  private URI gatewayHttp = URI.create("http://127.0.0.1");
  private final List<Side> sides = new ArrayList<>();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private IngestSides(Path home) {
    this.home = home;
  }

  /**
   * @param home a folder on the disk whose syncs are to be measured
   */
  static IngestSides start(Path home) throws IOException {
    var started = new IngestSides(home);
    try {
      started.startAll();
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void startAll() throws IOException {
    int gateway = Ports.free();
    int http = Ports.free();
    gatewayHttp = URI.create("http://127.0.0.1:" + http);
    java(
        new Side(GATEWAY, gateway),
        "io.edgeflow.gateway.Gateway",
        settings(
            "edge=bench",
            "dataDir=" + home.resolve("data"),
            "mqtt.port=" + gateway,
            "http.port=" + http,
            // Nobody answers there: frames stay in the journal, as on a site without a link.
            "uplink.url=tcp://127.0.0.1:" + Ports.free(),
            "buffer.freeSpaceFloor=1MiB"));
    int bare = Ports.free();
    java(
        new Side(BARE, bare),
        BareBroker.class.getName(),
        List.of("--port", Integer.toString(bare)));
    Optional<Path> mosquitto = Mosquitto.installed();
    if (mosquitto.isPresent()) {
      Side side = new Side(MOSQUITTO, Ports.free());
      running.push(Mosquitto.start(mosquitto.get(), home, side.port()));
      await(side, home.resolve("mosquitto.log"));
    }
  }

  private static List<String> settings(String... settings) {
    var arguments = new ArrayList<String>();
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    return arguments;
  }

  private void java(Side side, String main, List<String> arguments) throws IOException {
    Path log = home.resolve(side.name() + ".log");
    running.push(
        ChildProcess.start(
            new ChildProcess.Command(main, LauncherOptions.GATEWAY, arguments, home, log)));
    await(side, log);
  }

  private void await(Side side, Path log) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!LoadClient.answers(side.port())) {
      if (System.nanoTime() > deadline) {
        throw new IOException(side.name() + " did not start; its log is " + log);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    sides.add(side);
  }

  List<Side> sides() {
    return List.copyOf(sides);
  }

  /** What the gateway's own account says it received. */
  long receivedByGateway() throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(gatewayHttp.resolve("/api/v1/ledger")).build();
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(answer).path("received").asLong();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    AutoCloseable next;
    while ((next = running.poll()) != null) {
      if (next instanceof ChildProcess child) {
        child.kill();
      } else if (next instanceof Mosquitto mosquitto) {
        mosquitto.close();
      }
    }
  }
}
