package io.edgeflow.cloud.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.TestDatabase;
import io.edgeflow.cloud.store.CommittedBatch;
import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.WriterListener;
import io.edgeflow.cloud.store.WriterSettings;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes on one database, each with edges of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RosterIT {
  private Layout layout;
  private HikariDataSource database;
  private Cloud one;
  private Cloud other;

  /** As much of a cloud process as speaks of presence. */
  private final class Cloud implements AutoCloseable, WriterListener {
    private final Roster.Self self =
        new Roster.Self(UUID.randomUUID(), "cloud", "1", "kafka", Instant.EPOCH);
    private final HikariDataSource pool;
    private final FrameWriter writer;

    Cloud(DatabaseAddress address) throws SQLException {
      pool = Pool.open(address, "test", 4, self.id());
      Roster.begin(pool, self);
      writer =
          FrameWriter.start(new WriterSettings(pool, layout, 10, 0, InstantSource.system()), this);
    }

    Roster start() {
      return Roster.start(
          pool, self, () -> Optional.of(new Roster.Share(3, OptionalLong.of(7))), this::reassure);
    }

    /** Its edge never left. */
    private void reassure(Set<String> offline) {
      offline.forEach(this::say);
    }

    void say(String edge) {
      writer.offer(new Presence(edge, "connection of " + edge, true, 1));
    }

    @Override
    public void committed(CommittedBatch batch) {}

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {}

    @Override
    public void unreadable(String edge, String reason) {}

    @Override
    public void close() {
      writer.close();
      pool.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    DatabaseAddress address = TestDatabase.fresh();
    database = Pool.open(address, "test", 2);
    layout = new Migrations(database).run();
    one = new Cloud(address);
    other = new Cloud(address);
    one.say("pi-1");
    other.say("pi-2");
    Await.until("both online", () -> online().equals("pi-1,pi-2"));
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    database.close();
  }

  @Test
  void forgetsAtAStartOnlyWhoWasConnectedToThatProcess() throws Exception {
    Roster.begin(database, one.self);
    assertEquals("pi-2", online());
    // As a release wrote it that knew of one process only.
    update("update edge set process = null where name = 'pi-2'");
    Roster.begin(database, one.self);
    assertEquals("", online());
  }

  @Test
  void saysThatTheEdgesOfADeadProcessAreOffline() throws Exception {
    // It will not be heard again, and lives until it is said to be dead.
    update("update process set heard = now() + interval '1 hour'");
    try (var _ = other.start()) {
      Await.until("said", () -> rows("partitions = 3 and lag = 7") == 1);
      assertEquals("pi-1,pi-2", online());
      update("update process set heard = now() - interval '1 minute' where lag is null");
      Await.until("the edge of the dead is offline", () -> online().equals("pi-2"));
      assertEquals(2, rows("true"), "it is shown for a while");
    }
    assertEquals(1, rows("true"), "the other has said goodbye");
  }

  /** Another took it for dead, because it could not say that it is there: it says so again. */
  @Test
  void bringsBackWhoWasTakenForDead() throws Exception {
    try (var _ = other.start();
        var _ = one.start()) {
      Await.until("both are heard", () -> rows("lag = 7") == 2);
      update("update edge set online = false");
      Await.until("both online", () -> online().equals("pi-1,pi-2"));
    }
  }

  private String online() throws SQLException {
    return one("select coalesce(string_agg(name, ',' order by name), '') from edge where online");
  }

  private long rows(String where) throws SQLException {
    return Long.parseLong(one("select count(*) from process where " + where));
  }

  private String one(String query) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Sql.first(connection, query, row -> row.getString(1)).orElseThrow();
    }
  }

  private void update(String statement) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Sql.run(connection, statement);
    }
  }
}
