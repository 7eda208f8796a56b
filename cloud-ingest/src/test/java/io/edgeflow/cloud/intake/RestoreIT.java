package io.edgeflow.cloud.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.postgres.ReplicatedServers;
import io.edgeflow.cloud.store.DatabaseWatch;
import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.WriterSettings;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that lost its newest commits is filled again from what edges still hold (J10). */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class RestoreIT {
  private final Plant plant = new Plant("pi-7", new Random());
  @TempDir Path home;

  /** L3: the files of yesterday, put back while the cloud is stopped. */
  @Test
  void fillsADatabaseThatWasPutBackToAnOlderCopy() throws Exception {
    Path data = home.resolve("data");
    KeepingEdge edge;
    try (Cloud cloud = embedded()) {
      edge = new KeepingEdge(plant, cloud.intake.port());
      send(edge, 4);
    }
    copy(data, home.resolve("backup"));
    try (Cloud cloud = embedded()) {
      edge.reconnect(cloud.intake.port());
      send(edge, 6);
      assertEquals("10", cloud.one("select sum(count) from sample_window"));
    }
    copy(data, home.resolve("newer"));
    delete(data);
    Files.move(home.resolve("backup"), data);
    edge.forget(5);
    edge.forget(6);
    try (Cloud cloud = embedded()) {
      edge.reconnect(cloud.intake.port());
      Await.until("filled", () -> edge.isSettled() && edge.committed() == 8);
      isFilled(cloud, edge, "{[5,7)}");
    }
    edge.close();
  }

  /** L12: a standby without the last commits takes over while the edge stays connected. */
  @Test
  void fillsAStandbyThatLostItsTail() throws Exception {
    try (ReplicatedServers servers = ReplicatedServers.start(home);
        Cloud cloud = new Cloud(servers.address(), () -> {});
        KeepingEdge edge = new KeepingEdge(plant, cloud.intake.port());
        KeepingEdge idle = new KeepingEdge(new Plant("pi-8", new Random()), cloud.intake.port())) {
      assertTrue(cloud.risk().startsWith("a standby follows asynchronously"), cloud.risk());
      servers.waitForStandby(true);
      assertEquals("", cloud.risk());
      servers.waitForStandby(false);
      send(edge, 4);
      send(idle, 2);
      servers.catchUp();
      servers.loseTheStream();
      send(edge, 5);
      send(idle, 1);
      edge.forget(6);
      edge.forget(7);
      int hellos = edge.hellos();
      String before = cloud.one("select sum(count) from sample_window");
      servers.failOver();
      edge.send();
      Await.until("filled", () -> edge.isSettled() && edge.committed() == 8);
      assertEquals("12", before);
      assertTrue(edge.hellos() > hellos, "it was never disconnected");
      assertTrue(edge.database().matches("\\d+/2/\\d+"), edge.database());
      isFilled(cloud, edge, "{[6,8)}");
      // It has nothing to send, and hears all the same.
      Await.until(
          "the idle one filled",
          () -> idle.isSettled() && cloud.one("select sum(count) from sample_window").equals("11"));
    }
  }

  private static void isFilled(Cloud cloud, KeepingEdge edge, String lost) throws Exception {
    String account =
        " from frame_fate f join frame_ledger l on l.id = f.ledger_id"
            + " join edge e on e.id = l.edge_id where e.name = 'pi-7'";
    assertEquals(lost, cloud.one("select numbers" + account + " and fate = 'lost'"));
    assertEquals("1", cloud.one("select count(*)" + account), "nothing else is gone");
    assertEquals(
        "t",
        cloud.one(
            "select committed_readings + 2 = running_total from frame_ledger l"
                + " join edge e on e.id = l.edge_id where e.name = 'pi-7'"));
    assertEquals(
        String.valueOf(edge.committed()),
        cloud.one(
            "select sum(count) from sample_window w join series s on s.id = w.series_id"
                + " join edge e on e.id = s.edge_id where e.name = 'pi-7'"));
  }

  private static void send(KeepingEdge edge, int frames) throws Exception {
    for (int i = 0; i < frames; i++) {
      edge.send();
    }
    Await.until("committed", edge::isSettled);
  }

  private Cloud embedded() throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.start(home, Path.of("target"));
    return new Cloud(server.address(), server::close);
  }

  private interface End {
    void end() throws IOException;
  }

  /** A cloud without its pages. */
  private static final class Cloud implements AutoCloseable {
    final Intake intake;
    final HikariDataSource pool;
    final End server;

    Cloud(DatabaseAddress address, End server) throws Exception {
      this.server = server;
      this.pool = Pool.open(address, "test", 4);
      Layout layout = new Migrations(pool).run();
      this.intake =
          Intake.start(
              BrokerSettings.of("127.0.0.1", 0),
              new WriterSettings(pool, layout, 1000, 0, InstantSource.system()),
              Optional.empty(),
              LiveFeed.NONE,
              EdgeEar.NONE,
              new SimpleMeterRegistry(),
              InstantSource.system());
    }

    /** What the database may lose, in words. */
    String risk() {
      try (DatabaseWatch watch = DatabaseWatch.start(pool)) {
        return String.join("; ", watch.risks());
      }
    }

    String one(String query) throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        return String.valueOf(row.getString(1));
      }
    }

    @Override
    public void close() throws IOException {
      intake.close();
      pool.close();
      server.end();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : List.copyOf(all.toList()).reversed()) {
        Files.delete(path);
      }
    }
  }
}
