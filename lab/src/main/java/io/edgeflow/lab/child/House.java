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
  /** The name of its gateway. */
  public static final String EDGE = "pi-7";

  private static final List<String> SMALL = List.of("-Xmx128m");

  private final Design design;
  private final Service gateway;
  private final Service cloud;

  /** Where its listeners are, on loopback. */
  public record Addresses(int gatewayMqtt, int gatewayHttp, int cloudMqtt, int cloudHttp) {
    public static Addresses free() throws IOException {
      return new Addresses(Ports.free(), Ports.free(), Ports.free(), Ports.free());
    }

    /** Where the gateway would reach its cloud if nothing stood in between. */
    public URI cloudBroker() {
      return URI.create("tcp://127.0.0.1:" + cloudMqtt);
    }
  }

  /**
   * How a house is built.
   *
   * @param home where everything of it lies
   * @param uplink where the gateway is told that its cloud is
   * @param gatewayMain the main class of the gateway's process
   * @param gatewaySettings further {@code key=value} settings of the gateway
   * @param gatewayPrefix see {@link ChildProcess.Command}
   * @param cloudSettings further {@code key=value} settings of the cloud
   */
  public record Design(
      Path home,
      Addresses addresses,
      URI uplink,
      String gatewayMain,
      List<String> gatewaySettings,
      List<String> gatewayPrefix,
      List<String> cloudSettings) {
    public static final String GATEWAY = "io.edgeflow.gateway.Gateway";

    public Design {
      gatewaySettings = List.copyOf(gatewaySettings);
      gatewayPrefix = List.copyOf(gatewayPrefix);
      cloudSettings = List.copyOf(cloudSettings);
    }

    public Design(
        Path home,
        Addresses addresses,
        URI uplink,
        String gatewayMain,
        List<String> gatewaySettings) {
      this(home, addresses, uplink, gatewayMain, gatewaySettings, List.of(), List.of());
    }

    /** The same with settings of the cloud. */
    public Design withCloud(List<String> settings) {
      return new Design(
          home, addresses, uplink, gatewayMain, gatewaySettings, gatewayPrefix, settings);
    }

    /** The product as it is, with nothing in between. */
    public static Design plain(Path home, List<String> gatewaySettings) throws IOException {
      Addresses addresses = Addresses.free();
      return new Design(home, addresses, addresses.cloudBroker(), GATEWAY, gatewaySettings);
    }
  }

  public House(Design design) {
    this.design = design;
    Addresses at = design.addresses();
    gateway =
        gateway(
            EDGE,
            gatewayDirectory(),
            at.gatewayMqtt(),
            at.gatewayHttp(),
            design.uplink(),
            design.gatewaySettings());
    cloud = cloud("cloud", at.cloudMqtt(), at.cloudHttp(), design.cloudSettings());
  }

  /**
   * A gateway of the same name on a copy of its directory, with ports and a link of its own; the
   * caller closes it.
   */
  public Clone cloneOfGateway(Path directory) throws IOException {
    int mqtt = Ports.free();
    return new Clone(
        gateway(
            EDGE,
            directory,
            mqtt,
            Ports.free(),
            design.addresses().cloudBroker(),
            design.gatewaySettings()),
        URI.create("tcp://127.0.0.1:" + mqtt));
  }

  /**
   * A further gateway of another name; the caller closes it.
   *
   * @param uplink where it is told that its cloud is
   * @param settings {@code key=value}, its own alone
   */
  public Clone another(String edge, URI uplink, List<String> settings) throws IOException {
    int mqtt = Ports.free();
    Path directory = design.home().resolve(edge);
    return new Clone(
        gateway(edge, directory, mqtt, Ports.free(), uplink, settings),
        URI.create("tcp://127.0.0.1:" + mqtt));
  }

  /**
   * @param sensors where its sensors publish
   */
  public record Clone(Service gateway, URI sensors) implements AutoCloseable {
    @Override
    public void close() {
      gateway.close();
    }
  }

  private Service gateway(
      String edge, Path directory, int mqtt, int http, URI uplink, List<String> more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "edge=" + edge,
                "dataDir=" + directory,
                "mqtt.port=" + mqtt,
                "http.port=" + http,
                "uplink.url=" + uplink,
                "buffer.freeSpaceFloor=1MiB"));
    settings.addAll(more);
    String name = directory.getFileName().toString();
    return service(design.gatewayPrefix(), design.gatewayMain(), name, settings, http);
  }

  private Service service(
      List<String> prefix, String main, String name, List<String> settings, int http) {
    List<String> arguments = new ArrayList<>();
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    Path home = design.home();
    return new Service(
        new ChildProcess.Command(prefix, main, SMALL, arguments, home, home.resolve(name + ".log")),
        URI.create("http://127.0.0.1:" + http));
  }

  /**
   * A further cloud process beside the first; the caller closes it.
   *
   * @param settings {@code key=value}, beside its folder and ports, which are its own
   */
  public Service anotherCloud(String name, int mqtt, int http, List<String> settings) {
    return cloud(name, mqtt, http, settings);
  }

  private Service cloud(String name, int mqtt, int http, List<String> more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "dataDir=" + design.home().resolve(name),
                "mqtt.port=" + mqtt,
                "http.port=" + http));
    settings.addAll(more);
    return service(List.of(), "io.edgeflow.cloud.Cloud", name, settings, http);
  }

  public Service gateway() {
    return gateway;
  }

  public Service cloud() {
    return cloud;
  }

  /** Where its cloud takes frames. */
  public URI cloudBroker() {
    return design.addresses().cloudBroker();
  }

  /** Where sensors publish. */
  public URI sensors() {
    return URI.create("tcp://127.0.0.1:" + design.addresses().gatewayMqtt());
  }

  /** The data directory of the gateway. */
  public Path gatewayDirectory() {
    return design.home().resolve("gateway");
  }

  /** The folder of the embedded database. */
  public Path database() {
    return design.home().resolve("cloud").resolve("postgres");
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
