package io.edgeflow.cloud.postgres;

import io.edgeflow.cloud.Await;
import io.edgeflow.loopback.Loopback;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL and a streaming standby of it, from the packed programs. There is no {@code
 * pg_basebackup} among them, so the standby is a copy of the primary's files, made between {@code
 * pg_backup_start} and {@code pg_backup_stop} as its documentation asks for.
 */
public final class ReplicatedServers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String USER = "edgeflow";
  private static final String PASSWORD = "standby-test";

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "shared_buffers=16MB",
          "max_connections=40",
          "max_wal_senders=4",
          "wal_keep_size=64MB",
          "hot_standby=on",
          "io_method=sync",
          "jit=off",
          "log_min_messages=warning",
          "timezone=UTC");

  private final Path home;
  private final Path programs;
  private final Privilege privilege;
  private final int primaryPort = Loopback.freePort();
  private final int standbyPort = Loopback.freePort();

  private ReplicatedServers(Path home) throws IOException {
    this.home = home.toRealPath();
    this.programs = Binaries.unpack(Path.of("target").toAbsolutePath());
    this.privilege = Privilege.detect();
  }

  /** Returns when the standby streams. */
  public static ReplicatedServers start(Path home) throws Exception {
    ReplicatedServers servers = new ReplicatedServers(home);
    try {
      servers.create();
      servers.serve("primary", servers.primaryPort);
      servers.copy();
      servers.serve("standby", servers.standbyPort);
      servers.await(
          servers.primaryPort,
          "select count(*) from pg_stat_replication where state = 'streaming'",
          "1");
      return servers;
    } catch (Exception failed) {
      servers.close();
      throw failed;
    }
  }

  /** Both, of which the driver takes the one that can be written. */
  public DatabaseAddress address() {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?targetServerType=primary"
            .formatted(primaryPort, standbyPort),
        USER,
        PASSWORD);
  }

  /** From now on the standby misses what the primary commits. */
  public void loseTheStream() throws Exception {
    execute(standbyPort, "alter system set primary_conninfo = ''");
    execute(standbyPort, "select pg_reload_conf()");
    await(standbyPort, "select count(*) from pg_stat_wal_receiver", "0");
  }

  /** Waits until the standby has all that the primary has. */
  public void catchUp() throws Exception {
    String lsn = query(primaryPort, "select pg_current_wal_lsn()");
    await(standbyPort, "select pg_last_wal_replay_lsn() >= '" + lsn + "'::pg_lsn", "t");
  }

  /** The primary dies without a word, and the standby takes its place, on a timeline of its own. */
  public void failOver() throws Exception {
    pgCtl("stop", "--mode=immediate", "--pgdata=" + home.resolve("primary"));
    await(standbyPort, "select pg_promote()", "t");
    await(standbyPort, "select pg_is_in_recovery()", "f");
  }

  /** Whether commits wait for the standby. */
  public void waitForStandby(boolean synchronous) throws Exception {
    String names = synchronous ? "standby" : "";
    execute(primaryPort, "alter system set synchronous_standby_names = '" + names + "'");
    execute(primaryPort, "select pg_reload_conf()");
    String state = synchronous ? "sync" : "async";
    await(primaryPort, "select sync_state from pg_stat_replication", state);
  }

  private void create() throws IOException {
    Path password = home.resolve("password");
    Files.writeString(password, PASSWORD + "\n");
    privilege.own(home);
    run(
        "initdb",
        "--pgdata=" + home.resolve("primary"),
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
  }

  private void copy() throws Exception {
    Path standby = home.resolve("standby");
    try (Connection connection = connect(primaryPort);
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('standby', true)");
      copyFiles(home.resolve("primary"), standby);
      try (ResultSet label =
          statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        label.next();
        Files.writeString(standby.resolve("backup_label"), label.getString(1));
      }
    }
    Files.writeString(standby.resolve("standby.signal"), "");
    Files.writeString(
        standby.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'\n"
            .formatted(primaryPort, USER, PASSWORD),
        StandardOpenOption.APPEND);
    privilege.own(standby);
  }

  /** All but what belongs to the running server; its log comes over the stream. */
  private static void copyFiles(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(folder));
            Files.createDirectories(
                copy,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path name = from.relativize(file);
            boolean running =
                name.startsWith("pg_wal") || name.toString().startsWith("postmaster.");
            if (!running) {
              Files.copy(file, to.resolve(name));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void serve(String name, int port) throws IOException {
    StringBuilder options = new StringBuilder("-p " + port);
    SETTINGS.forEach(setting -> options.append(" -c '").append(setting).append("'"));
    pgCtl(
        "start",
        "--wait",
        "--timeout=" + LIMIT.toSeconds(),
        "--pgdata=" + home.resolve(name),
        "--log=" + home.resolve(name + ".log"),
        "--options=" + options);
  }

  private void pgCtl(String... arguments) throws IOException {
    run("pg_ctl", arguments);
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    Command.run(LIMIT, privilege.wrap(command));
  }

  private void await(int port, String query, String answer) throws Exception {
    Await.until(query, () -> answer.equals(query(port, query)));
  }

  private String query(int port, String query) throws SQLException {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private void execute(int port, String statement) throws SQLException {
    try (Connection connection = connect(port);
        Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }

  private static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, PASSWORD);
  }

  @Override
  public void close() throws IOException {
    for (String name : List.of("standby", "primary")) {
      if (Files.exists(home.resolve(name).resolve("postmaster.pid"))) {
        pgCtl("stop", "--mode=immediate", "--pgdata=" + home.resolve(name));
      }
    }
  }
}
