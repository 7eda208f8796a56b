package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server has of TimescaleDB, as it says itself.
 *
 * @param version of the extension in this database; empty where it is not created
 * @param licence {@code timescale} is the community one; {@code apache}; empty if it does not say
 */
record TimescaleServer(Optional<String> version, String licence) {
  private static final Logger LOG = LoggerFactory.getLogger(TimescaleServer.class);

  /** Merging into compressed chunks came with 2.11; before it late windows could not be merged. */
  private static final int MAJOR = 2;

  private static final int MINOR = 11;
  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

  private static final String STATE =
      """
      select (select extversion from pg_extension where extname = 'timescaledb'),
        coalesce(current_setting('timescaledb.license', true), '')
      """;

  private static final String AVAILABLE =
      "select 1 from pg_available_extensions where name = 'timescaledb'";

  static TimescaleServer of(Connection connection) throws SQLException {
    return Sql.first(
            connection,
            STATE,
            row -> new TimescaleServer(Optional.ofNullable(row.getString(1)), row.getString(2)))
        .orElseThrow();
  }

  /** Creates the extension where that is possible, and looks. */
  static TimescaleServer creating(Connection connection) throws SQLException {
    if (Sql.first(connection, AVAILABLE, row -> true).isPresent()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create extension if not exists timescaledb");
      } catch (SQLException refused) {
        LOG.warn("TimescaleDB is installed but cannot be used error={}", refused.getMessage());
      }
    }
    return of(connection);
  }

  /**
   * The layout that it allows.
   *
   * @param continuous whether there are continuous aggregates where there can be
   */
  Layout layout(boolean continuous) {
    if (version.isEmpty()) {
      return new Layout.NativePartitions();
    }
    if (licence.equals("timescale") && mergesIntoCompressed(version.get())) {
      return new Layout.Community(version.get(), continuous);
    }
    return new Layout.Hypertables(version.get());
  }

  private static boolean mergesIntoCompressed(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    List<Integer> parts =
        List.of(Integer.valueOf(numbers.group(1)), Integer.valueOf(numbers.group(2)));
    return parts.get(0) > MAJOR || (parts.get(0) == MAJOR && parts.get(1) >= MINOR);
  }
}
