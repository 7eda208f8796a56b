package io.edgeflow.lab.drill;

import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.kafka.BrokerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two cloud processes share beside a house: a PostgreSQL that neither owns, and a Kafka broker
 * that is a process of its own. The first cloud is the house's, the second is here.
 */
final class SharedClouds implements AutoCloseable {
  private static final List<String> SMALL = List.of("-Xmx192m");
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Path home;
  private final int brokerPort;
  private final Service broker;
  private final EmbeddedPostgres postgres;
  private final int mqtt;
  private final int http;
  private @Nullable Service second;

  private SharedClouds(Path home, EmbeddedPostgres postgres) throws IOException {
    this.home = home;
    this.postgres = postgres;
    this.mqtt = Ports.free();
    this.http = Ports.free();
    this.brokerPort = Ports.free();
    List<String> arguments =
        List.of(
            home.resolve("kafka").toString(),
            String.valueOf(brokerPort),
            String.valueOf(Ports.free()));
    this.broker =
        new Service(
            new ChildProcess.Command(
                BrokerProcess.class.getName(), SMALL, arguments, home, home.resolve("kafka.log")),
            URI.create("http://127.0.0.1:" + brokerPort));
  }

  /** Starts the database and the broker. */
  static SharedClouds start(Path home) throws IOException {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgres"));
    try {
      SharedClouds shared = new SharedClouds(home, postgres);
      shared.broker.start();
      return shared;
    } catch (IOException | RuntimeException failure) {
      postgres.close();
      throw failure;
    }
  }

  /** Of each cloud. They find out soon who is gone, as the drill does not last for ever. */
  List<String> settings() {
    DatabaseAddress database = postgres.address();
    return List.of(
        "database.url=" + database.url(),
        "database.user=" + database.user(),
        "database.password=file:" + folder().resolve("password"),
        "intake=kafka",
        "kafka.bootstrapServers=127.0.0.1:" + brokerPort,
        "kafka.partitions=4",
        "kafka.properties={reconnect.backoff.max.ms: '500', session.timeout.ms: '6000',"
            + " request.timeout.ms: '3000', delivery.timeout.ms: '5000'}");
  }

  /** Starts the second cloud beside the house's. */
  void join(House house) throws IOException {
    Service joining = house.anotherCloud("cloud-2", mqtt, http, settings());
    second = joining;
    joining.start();
  }

  Service second() {
    Service there = second;
    if (there == null) {
      throw new IllegalStateException("nobody joined");
    }
    return there;
  }

  /** Where edges reach the second cloud. */
  URI secondBroker() {
    return URI.create("tcp://127.0.0.1:" + mqtt);
  }

  Service broker() {
    return broker;
  }

  /** Whether somebody listens there. */
  boolean isBrokerUp() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), brokerPort), 1_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Of the database. */
  Path folder() {
    return home.resolve("postgres");
  }

  /** Kills the database's server; it is started again as soon as somebody notices. */
  void killDatabase() {
    ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    List<Service> running = new ArrayList<>();
    if (second != null) {
      running.add(second);
    }
    running.add(broker);
    for (Service service : running) {
      if (service.isAlive()) {
        try {
          service.child().stop(STOP);
        } catch (IllegalStateException hangs) {
          service.child().kill();
        }
      }
      service.close();
    }
    postgres.close();
  }
}
