package io.edgeflow.lab.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Pool;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * The rows that a drain brought, copied as they are into an identical table of another database of
 * the same server: what the database alone takes for them.
 */
final class BareCopy {
  private static final String COLUMNS =
      "(time, first_time, last_time, length, count, uncertain, stale, bad,"
          + " min, max, first, last, sum, m2, series_id)";

  private final DrainHouse house;
  private final Path file;

  /**
   * @param file where the rows are kept meanwhile
   */
  BareCopy(DrainHouse house, Path file) {
    this.house = house;
    this.file = file;
  }

  /**
   * @param rows copied
   * @param nanos that one COPY of all of them took
   */
  record Result(long rows, long nanos) {}

  Result measure() throws IOException, SQLException {
    try (Connection from = house.connect("postgres")) {
      save(from);
      execute(from, "create database bare");
      DatabaseAddress address =
          new DatabaseAddress(house.url("bare"), "edgeflow", house.password());
      try (HikariDataSource bare = Pool.open(address, "bare", 2)) {
        new Migrations(bare).run();
        try (Connection to = bare.getConnection()) {
          copyPartitions(from, to);
          execute(to, "checkpoint");
          return copy(to);
        }
      }
    }
  }

  private void save(Connection from) throws IOException, SQLException {
    String rows =
        "copy (select "
            + COLUMNS.substring(1, COLUMNS.length() - 1)
            + " from sample_window order by series_id, time) to stdout (format binary)";
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      from.unwrap(PGConnection.class).getCopyAPI().copyOut(rows, out);
    }
  }

  private static void copyPartitions(Connection from, Connection to) throws SQLException {
    try (Statement asking = from.createStatement();
        ResultSet rows =
            asking.executeQuery(
                "select c.relname, pg_get_expr(c.relpartbound, c.oid) from pg_class c join"
                    + " pg_inherits i on i.inhrelid = c.oid where i.inhparent ="
                    + " 'sample_window'::regclass and c.relname not like '%other'")) {
      while (rows.next()) {
        execute(
            to,
            "create table %s partition of sample_window %s"
                .formatted(rows.getString(1), rows.getString(2)));
      }
    }
  }

  private Result copy(Connection to) throws IOException, SQLException {
    String into = "copy sample_window " + COLUMNS + " from stdin (format binary)";
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long start = System.nanoTime();
      long rows = to.unwrap(PGConnection.class).getCopyAPI().copyIn(into, in, 1 << 16);
      return new Result(rows, System.nanoTime() - start);
    }
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (Statement statements = connection.createStatement()) {
      statements.execute(statement);
    }
  }
}
