package io.edgeflow.lab.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One gateway and one cloud with their embedded database, as real processes on loopback. */
public final class House implements AutoCloseable {
  private static final List<String> SMALL = List.of("-Xmx128m");

  private final Path home;
  private final List<String> gatewaySettings;
  private final int gatewayMqtt;
  private final int cloudMqtt;
  private final Service gateway;
  private final Service cloud;

  /**
   * @param home where everything of it lies
   * @param gatewaySettings further {@code key=value} settings of the gateway
   */
  public House(Path home, List<String> gatewaySettings) throws IOException {
    this.home = home;
    this.gatewayMqtt = Ports.free();
    int gatewayHttp = Ports.free();
    int cloudMqtt = Ports.free();
    int cloudHttp = Ports.free();
    this.cloudMqtt = cloudMqtt;
    this.gatewaySettings = List.copyOf(gatewaySettings);
    gateway = gateway(home.resolve("gateway"), gatewayMqtt, gatewayHttp);
    cloud =
        service(
            "io.edgeflow.cloud.Cloud",
            "cloud",
            List.of(
                "dataDir=" + home.resolve("cloud"),
                "mqtt.port=" + cloudMqtt,
                "http.port=" + cloudHttp),
            cloudHttp);
  }

  /**
   * A gateway of the same name on a copy of its directory, with ports of its own; the caller closes
   * it.
   */
  public Service cloneOfGateway(Path directory) throws IOException {
    return gateway(directory, Ports.free(), Ports.free());
  }

  private Service gateway(Path directory, int mqtt, int http) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "edge=pi-7",
                "dataDir=" + directory,
                "mqtt.port=" + mqtt,
                "http.port=" + http,
                "uplink.url=tcp://127.0.0.1:" + cloudMqtt,
                "buffer.freeSpaceFloor=1MiB"));
    settings.addAll(gatewaySettings);
    String name = directory.getFileName().toString();
    return service("io.edgeflow.gateway.Gateway", name, settings, http);
  }

  private Service service(String main, String name, List<String> settings, int http) {
    List<String> arguments = new ArrayList<>();
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return new Service(
        new ChildProcess.Command(main, SMALL, arguments, home, home.resolve(name + ".log")),
        URI.create("http://127.0.0.1:" + http));
  }

  public Service gateway() {
    return gateway;
  }

  public Service cloud() {
    return cloud;
  }

  /** Where sensors publish. */
  public URI sensors() {
    return URI.create("tcp://127.0.0.1:" + gatewayMqtt);
  }

  /** The folder of the embedded database. */
  public Path database() {
    return home.resolve("cloud").resolve("postgres");
  }

  /**
   * The database's server process, if it is up at this moment. It outlives a cloud that is killed.
   */
  public Optional<ProcessHandle> postmaster() throws IOException {
    Path file = database().resolve("data").resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
  }

  @Override
  public void close() {
    gateway.close();
    cloud.close();
    try {
      postmaster().ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
