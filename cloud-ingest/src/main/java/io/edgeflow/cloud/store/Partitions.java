package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the partitions that rows are about to need, as far from now as {@link TimeTable} says;
 * all other times share the default partition, so a wrong clock makes no thousand tables. Where
 * there are hypertables it has nothing to do. Belongs to one connection and its thread.
 */
public final class Partitions {
  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

  private final Layout layout;
  private final Routes routes;
  private final Set<Part> settled = new HashSet<>();

  private record Part(TimeTable table, long number) {
    LocalDate start() {
      return table.start(number);
    }

    LocalDate end() {
      return table.start(number + 1);
    }
  }

  public Partitions(Layout layout, StorageSettings storage, InstantSource clock) {
    this(layout, new Routes(layout, storage, clock));
  }

  Partitions(Layout layout, Routes routes) {
    this.routes = routes;
    this.layout = layout;
  }

  /**
   * To be called outside of a transaction, in auto-commit mode.
   *
   * @param parts see {@link TimeTable#part}
   */
  public void prepare(Connection connection, TimeTable table, Iterable<Long> parts)
      throws SQLException {
    routes.begin();
    for (long number : parts) {
      Part part = new Part(table, number);
      if (table.isPartitioned(layout) && !settled.contains(part)) {
        if (isNear(part)) {
          create(connection, part);
        }
        settled.add(part);
      }
    }
  }

  private boolean isNear(Part part) {
    return routes.isNear(part.table(), micros(part.start()), micros(part.end()));
  }

  private static long micros(LocalDate day) {
    return TimeUnit.DAYS.toMicros(day.toEpochDay());
  }

  private static void create(Connection connection, Part part) throws SQLException {
    String table = part.table().sqlName();
    String name = table + "_" + part.start().format(DateTimeFormatter.BASIC_ISO_DATE);
    try (Statement statement = connection.createStatement()) {
      // It briefly locks the default partition against everybody; better a default row than a
      // queue.
      statement.execute("set lock_timeout = '2s'");
      try {
        statement.execute(
            "create table if not exists %1$s.%2$s partition of %1$s.%3$s for values from ('%4$sT00:00:00Z') to ('%5$sT00:00:00Z')"
                .formatted(Pool.SCHEMA, name, table, part.start(), part.end()));
        LOG.info("created partition name={}", name);
      } catch (SQLException refused) {
        explain(name, refused);
      } finally {
        statement.execute("reset lock_timeout");
      }
    }
  }

  private static void explain(String name, SQLException refused) throws SQLException {
    switch (String.valueOf(refused.getSQLState())) {
      // Another writer was faster.
      case "42P07", "23505", "42P17" -> LOG.debug("has been created name={}", name);
      // Rows of that time lie in the default partition already, or somebody holds it.
      case "23514", "55P03" ->
          LOG.warn(
              "rows stay in the default partition name={} error={}", name, refused.getMessage());
      default -> throw refused;
    }
  }
}
