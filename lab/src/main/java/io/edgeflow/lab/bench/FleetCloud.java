package io.edgeflow.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.lab.child.House;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A cloud with its embedded database as a real process, with the launcher's options. */
final class FleetCloud implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(60);

  /** The sums of all tables are part of an answer. */
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private static final int SPARE_CONNECTIONS = 100;

  private final House house;
  private final House.Addresses addresses;
  private final HttpClient web = HttpClient.newHttpClient();

  private FleetCloud(House house, House.Addresses addresses) {
    this.house = house;
    this.addresses = addresses;
  }

  /**
   * @param home an empty folder
   * @param settings further {@code key=value} settings
   */
  static FleetCloud start(Path home, int edges, List<String> settings) throws IOException {
    House.Addresses addresses = House.Addresses.free();
    List<String> all = new ArrayList<>(settings);
    all.addFirst("mqtt.maxConnections=" + (edges + SPARE_CONNECTIONS));
    var design =
        new House.Design(home, addresses, addresses.cloudBroker(), House.Design.GATEWAY, List.of());
    var cloud = new FleetCloud(new House(design.withCloud(all)), addresses);
    try {
      cloud.house.cloud().start(LauncherOptions.CLOUD, List.of());
      cloud.house.cloud().awaitReady(START);
      return cloud;
    } catch (IOException | RuntimeException failed) {
      cloud.close();
      throw failed;
    }
  }

  URI broker() {
    return addresses.cloudBroker();
  }

  /** Its account of every edge, with the sums of the tables. */
  JsonNode ledger() throws IOException, InterruptedException {
    URI at = URI.create("http://127.0.0.1:" + addresses.cloudHttp() + "/api/v1/ledger?audit=true");
    HttpResponse<String> answer =
        web.send(
            HttpRequest.newBuilder(at).timeout(ANSWER).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the ledger answered " + answer.statusCode() + ": " + answer.body());
    }
    return new ObjectMapper().readTree(answer.body());
  }

  /** The process. */
  ProcessHandle process() {
    return ProcessHandle.of(house.cloud().child().pid()).orElseThrow();
  }

  /** The process of its database, with others below it. */
  ProcessHandle database() throws IOException {
    return house.postmaster().orElseThrow(() -> new IOException("the database has no process"));
  }

  long databaseBytes() throws IOException, SQLException {
    Properties login = new Properties();
    login.setProperty("user", "edgeflow");
    login.setProperty("password", read("password"));
    login.setProperty("currentSchema", Pool.SCHEMA);
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + read("port") + "/postgres", login);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select pg_database_size(current_database())::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(house.database().resolve(name)).strip();
  }

  @Override
  public void close() {
    List<ProcessHandle> database = databaseProcesses();
    if (house.cloud().isAlive()) {
      try {
        house.cloud().child().stop(STOP);
      } catch (IllegalStateException hangs) {
        // House ends it, and its database, the hard way.
      }
    }
    house.close();
    web.close();
    // What is killed writes for a moment still, into a folder that is to be deleted.
    database.forEach(one -> one.onExit().completeOnTimeout(one, 10, TimeUnit.SECONDS).join());
  }

  private List<ProcessHandle> databaseProcesses() {
    try {
      ProcessHandle top = database();
      return Stream.concat(Stream.of(top), top.descendants()).toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
