package io.edgeflow.cloud.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class EmbeddedPostgresIT {
  @TempDir Path home;

  @Test
  void keepsWhatWasCommittedOverARestart() throws Exception {
    try (EmbeddedPostgres server = start(home)) {
      execute(server.address(), "create table t as select 7 as n");
    }
    try (EmbeddedPostgres server = start(home)) {
      assertEquals("7", query(server.address(), "select n from t"));
    }
  }

  @Test
  void isDurableAndClosedToStrangers() throws Exception {
    try (EmbeddedPostgres server = start(home)) {
      DatabaseAddress address = server.address();
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertEquals("on", query(address, "show " + setting), setting);
      }
      assertEquals("on", query(address, "show data_checksums"));
      assertEquals("127.0.0.1", query(address, "show listen_addresses"));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("password"))));
      assertFalse(address.toString().contains(address.password()));
      assertThrows(
          SQLException.class,
          () -> query(new DatabaseAddress(address.url(), address.user(), "guess"), "select 1"));
    }
  }

  @Test
  void startsAgainByItselfWhenItsServerIsKilled() throws Exception {
    try (EmbeddedPostgres server = start(home)) {
      execute(server.address(), "create table t as select 7 as n");
      long first = server.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await(() -> server.pid() != first);
      assertEquals("7", query(server.address(), "select n from t"));
    }
  }

  @Test
  void refusesAFolderThatIsOwned() throws Exception {
    try (EmbeddedPostgres server = start(home)) {
      assertThrows(IOException.class, () -> start(home));
      assertEquals("1", query(server.address(), "select 1"));
    }
  }

  @Test
  void adoptsTheServerOfACrashedOwner() throws Exception {
    EmbeddedPostgres owner = start(home);
    long pid = owner.pid();
    execute(owner.address(), "create table t as select 7 as n");
    crash(owner);
    try (EmbeddedPostgres adopted = start(home)) {
      assertEquals(pid, adopted.pid());
      assertEquals("7", query(adopted.address(), "select n from t"));
    }
    assertFalse(serves(pid), "an adopted server is stopped with its new owner");
  }

  @Test
  void stopsAServerLeftBehindThatDoesNotAnswer() throws Exception {
    EmbeddedPostgres owner = start(home);
    long pid = owner.pid();
    execute(owner.address(), "alter user edgeflow password 'changed'");
    crash(owner);
    Files.writeString(home.resolve("password"), "changed by nobody\n");
    try (EmbeddedPostgres other = start(home)) {
      assertNotEquals(pid, other.pid());
      assertFalse(serves(pid));
    }
  }

  /** As one that waits for a disk: it does not notice that its server is dead. */
  @Test
  void startsWhereAProcessOfAKilledServerHangs() throws Exception {
    EmbeddedPostgres owner = start(home);
    execute(owner.address(), "create table t as select 7 as n");
    long server = owner.pid();
    try (Connection open = connect(owner.address())) {
      long backend = Long.parseLong(query(open, "select pg_backend_pid()"));
      assertEquals(
          0, new ProcessBuilder("kill", "-STOP", Long.toString(backend)).start().waitFor());
      crash(owner);
      ProcessHandle.of(server).orElseThrow().destroyForcibly();
      try (EmbeddedPostgres other = start(home)) {
        assertEquals("7", query(other.address(), "select n from t"));
        assertFalse(serves(backend));
      }
    }
  }

  /** Nor does it hold up the end of its server, which is over when nothing of it is left. */
  @Test
  void stopsWhereAProcessHangs() throws Exception {
    EmbeddedPostgres server = start(home);
    long pid = server.pid();
    try (Connection open = connect(server.address())) {
      long backend = Long.parseLong(query(open, "select pg_backend_pid()"));
      assertEquals(
          0, new ProcessBuilder("kill", "-STOP", Long.toString(backend)).start().waitFor());
      server.close();
      assertFalse(serves(backend));
    }
    assertFalse(serves(pid));
  }

  @Test
  void startsAtAnotherPortWhereSomebodyTookItsOwn() throws Exception {
    start(home).close();
    Cluster cluster = new Cluster(Binaries.unpack(Path.of("target")), home, Privilege.detect());
    try (var somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Postmaster server = EmbeddedPostgres.start(cluster, somebody.getLocalPort());
      assertNotEquals(somebody.getLocalPort(), server.port());
    } finally {
      cluster.stop(EmbeddedPostgres.PATIENCE);
    }
  }

  /** As somebody who looks at the folder: no process of a server, so none to wait for or to end. */
  @Test
  void leavesAStrangerAloneWhoWorksInTheFolder() throws Exception {
    Path data = Files.createDirectory(home.resolve("data"));
    Process stranger = new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
    try {
      assertTrue(Remains.settle(data).isEmpty());
      assertTrue(stranger.isAlive());
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void startsWhereThePidOfACrashedServerBelongsToAStrangerNow() throws Exception {
    start(home).close();
    long stranger = ProcessHandle.current().pid();
    Files.writeString(
        home.resolve("data/postmaster.pid"),
        stranger + "\n" + home.resolve("data") + "\n0\n1\n\n127.0.0.1\n0 0\nready   \n");
    try (EmbeddedPostgres server = start(home)) {
      assertEquals("1", query(server.address(), "select 1"));
    }
  }

  @Test
  void startsOverAnUnfinishedCreation() throws Exception {
    Files.createDirectories(home.resolve("data.tmp/base"));
    try (EmbeddedPostgres server = start(home)) {
      assertEquals("1", query(server.address(), "select 1"));
    }
  }

  @Test
  void refusesTheDataOfAnotherMajorVersion() throws Exception {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/PG_VERSION"), "15\n");
    IOException refusal = assertThrows(IOException.class, () -> start(home));
    assertTrue(refusal.toString().contains("PostgreSQL 15"), refusal.toString());
  }

  /** What a killed process leaves: the server runs, nobody owns the folder. */
  private static void crash(EmbeddedPostgres owner) throws IOException {
    owner.abandon();
  }

  private static EmbeddedPostgres start(Path home) throws IOException {
    return EmbeddedPostgres.start(home, Path.of("target"));
  }

  private boolean serves(long pid) {
    return new Postmaster(home.resolve("data"), pid, 0).isAlive();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "in vain");
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void execute(DatabaseAddress address, String statement) throws SQLException {
    try (Connection connection = connect(address);
        Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }

  private static String query(DatabaseAddress address, String query) throws SQLException {
    try (Connection connection = connect(address)) {
      return query(connection, query);
    }
  }

  private static String query(Connection connection, String query) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }
}
