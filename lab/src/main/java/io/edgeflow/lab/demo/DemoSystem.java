package io.edgeflow.lab.demo;

import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cloud and a gateway as child processes, configured for each other.
 *
 * <p>Used by one thread, except {@link #close}.
 */
public final class DemoSystem implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** As the launcher starts them, beyond what every child gets: a demo shows what one gets. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "-Dfile.encoding=UTF-8",
          "-Djava.awt.headless=true");

  private final Path home;
  private final DemoFolder folder;
  private final Member gateway;
  private final Addresses addresses;
  private volatile Member cloud;
  private boolean alone;

  private DemoSystem(
      Path home, DemoFolder folder, Member cloud, Member gateway, Addresses addresses) {
    this.home = home;
    this.folder = folder;
    this.cloud = cloud;
    this.gateway = gateway;
    this.addresses = addresses;
  }

  /**
   * One of the two.
   *
   * @param launchedMillis milliseconds since the epoch
   */
  record Member(String name, ChildProcess process, long launchedMillis) {
    /** Asks it to stop, waits, and insists in the end. */
    void close() {
      try {
        process.stop(STOP_LIMIT);
      } catch (IllegalStateException hangs) {
        process.kill();
      }
    }
  }

  /** Where everything listens, on loopback. */
  record Addresses(int sensors, int edgePages, int edges, int dashboard, int modbus) {
    static Addresses free(int modbus) throws IOException {
      var free = new Ports();
      return new Addresses(
          free.near(1883), free.near(8081), free.near(1884), free.near(8080), modbus);
    }

    URI broker() {
      return URI.create("tcp://127.0.0.1:" + sensors);
    }

    URI edge() {
      return URI.create("http://127.0.0.1:" + edgePages);
    }

    URI cloud() {
      return URI.create("http://127.0.0.1:" + dashboard);
    }
  }

  /** Starts both; they are not ready yet. */
  static DemoSystem start(Path home, DemoFolder folder, Addresses addresses, DemoSettings settings)
      throws IOException {
    Files.writeString(
        folder.resolve("cloud.yaml"), settings.cloudYaml(folder.resolve("cloud"), addresses));
    Files.writeString(
        folder.resolve("gateway.yaml"), settings.gatewayYaml(folder.resolve("gateway"), addresses));
    Member cloud = startCloud(home, folder);
    try {
      Member gateway =
          start(
              home,
              folder,
              "gateway",
              "io.edgeflow.gateway.Gateway",
              List.of("-Xms32m", "-Xmx96m", "-Xss512k", "-XX:MaxDirectMemorySize=64m"));
      return new DemoSystem(home, folder, cloud, gateway, addresses);
    } catch (IOException | RuntimeException failure) {
      cloud.close();
      throw failure;
    }
  }

  private static Member start(
      Path home, DemoFolder folder, String name, String main, List<String> memory)
      throws IOException {
    List<String> jvm = new ArrayList<>(OPTIONS);
    jvm.addAll(memory);
    List<String> arguments = List.of("--config", folder.resolve(name + ".yaml").toString());
    Path log = folder.resolve(name + ".log");
    long now = System.currentTimeMillis();
    var process = ChildProcess.start(new ChildProcess.Command(main, jvm, arguments, home, log));
    Files.writeString(folder.resolve(name + ".pid"), Long.toString(process.pid()));
    return new Member(name, process, now);
  }

  /** The edge is alone from now on; what it has for the cloud waits. */
  void stopCloud() {
    cloud.close();
    alone = true;
  }

  /** Starts the cloud again; it is not ready yet. */
  void startCloud() throws IOException {
    cloud = startCloud(home, folder);
    alone = false;
  }

  /** Whether the cloud has been stopped, and not started again. */
  boolean alone() {
    return alone;
  }

  private static Member startCloud(Path home, DemoFolder folder) throws IOException {
    return start(
        home,
        folder,
        "cloud",
        "io.edgeflow.cloud.Cloud",
        List.of("-Xms64m", "-Xmx384m", "-XX:MaxDirectMemorySize=128m"));
  }

  void awaitReady(Readiness readiness) throws IOException, InterruptedException {
    readiness.await(gateway, addresses.edge(), START_LIMIT);
    awaitCloud(readiness);
  }

  void awaitCloud(Readiness readiness) throws IOException, InterruptedException {
    readiness.await(cloud, addresses.cloud(), START_LIMIT);
  }

  /**
   * @throws IOException if one of them has ended and should not have
   */
  void checkAlive() throws IOException {
    for (Member member : alone ? List.of(gateway) : List.of(gateway, cloud)) {
      if (!member.process().isAlive()) {
        throw new IOException(member.name() + " has ended:\n" + member.process().lastWords());
      }
    }
  }

  /** The gateway first, so that it can still send what it has (J4). Twice is fine. */
  @Override
  public void close() {
    gateway.close();
    cloud.close();
  }
}
