package io.edgeflow.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.proxy.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * A gateway and a cloud with its database, as real processes with the launcher's options, and a
 * link between them that can be switched off and is listened to.
 */
final class DrainHouse implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final House house;
  private final FaultProxy link;
  private final FrameTap tap;
  private final House.Addresses addresses;

  private DrainHouse(House house, FaultProxy link, FrameTap tap, House.Addresses addresses) {
    this.house = house;
    this.link = link;
    this.tap = tap;
    this.addresses = addresses;
  }

  /** Starts both and waits until they are ready; the link is up. */
  static DrainHouse start(Path home, List<String> settings) throws IOException {
    return start(home, House.Addresses.free(), settings, List.of());
  }

  /**
   * As the other one.
   *
   * @param settings of the gateway
   * @param cloudSettings of the cloud
   */
  static DrainHouse start(
      Path home, House.Addresses addresses, List<String> settings, List<String> cloudSettings)
      throws IOException {
    FrameTap tap = new FrameTap(Ports.free(), addresses.cloudBroker());
    FaultProxy link = FaultProxy.open(Ports.free(), tap.address());
    House house =
        new House(
            new House.Design(home, addresses, link.address(), House.Design.GATEWAY, settings)
                .withCloud(cloudSettings));
    DrainHouse started = new DrainHouse(house, link, tap, addresses);
    try {
      house.cloud().start(LauncherOptions.CLOUD, List.of());
      house.gateway().start(LauncherOptions.GATEWAY, List.of());
      house.cloud().awaitReady(START);
      house.gateway().awaitReady(START);
      return started;
    } catch (IOException | RuntimeException failed) {
      started.close();
      throw failed;
    }
  }

  int sensorPort() {
    return addresses.gatewayMqtt();
  }

  FaultProxy link() {
    return link;
  }

  FrameTap tap() {
    return tap;
  }

  boolean linked() {
    return house.gateway().linked();
  }

  EdgeAccount account() throws IOException {
    return EdgeAccount.of(house.gateway().json("/api/v1/ledger"));
  }

  JsonNode status() throws IOException {
    return house.gateway().json("/api/v1/status");
  }

  URI gatewayHttp() {
    return URI.create("http://127.0.0.1:" + addresses.gatewayHttp());
  }

  URI cloudHttp() {
    return URI.create("http://127.0.0.1:" + addresses.cloudHttp());
  }

  /** The data directory of the gateway. */
  Path gatewayDirectory() {
    return house.gatewayDirectory();
  }

  /** To a database of the cloud's server, past the cloud. The caller closes it. */
  Connection connect(String database) throws IOException, SQLException {
    Properties login = new Properties();
    login.setProperty("user", "edgeflow");
    login.setProperty("password", password());
    login.setProperty("currentSchema", Pool.SCHEMA);
    return DriverManager.getConnection(url(database), login);
  }

  String url(String database) throws IOException {
    return "jdbc:postgresql://127.0.0.1:" + read("port") + "/" + database;
  }

  String password() throws IOException {
    return read("password");
  }

  private String read(String name) throws IOException {
    return Files.readString(house.database().resolve(name)).strip();
  }

  @Override
  public void close() throws IOException {
    if (house.cloud().isAlive()) {
      try {
        house.cloud().child().stop(STOP);
      } catch (IllegalStateException hangs) {
        // House ends it, and its database, the hard way.
      }
    }
    house.close();
    link.close();
    tap.close();
  }
}
