package io.edgeflow.lab.drill;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What clocks left behind in the database's tables. */
final class ClockTraces {
  private static final String UNCERTAIN =
      """
      select coalesce((select sum(uncertain) from sample_window), 0)
        + coalesce((select sum(count) from sample_state where quality = 1), 0)
      """;

  private static final String ASTRAY =
      """
      select coalesce((select sum(count) from sample_window where not time between ? and ?), 0)
        + coalesce((select sum(count) from sample_state where not time between ? and ?), 0)
      """;

  private static final String JUMPS =
      "select (detail->>'seconds')::bigint from event where type = 'clock-jumped' order by time";

  private static final String BELIEVED = "select count(*) from event where type = 'clock-believed'";

  private final Tables tables;

  ClockTraces(Tables tables) {
    this.tables = tables;
  }

  /** Readings that are marked uncertain. */
  long uncertain() throws IOException, SQLException {
    return numbers(UNCERTAIN).getFirst();
  }

  /** Readings that lie outside of that time. */
  long astray(Instant from, Instant to) throws IOException, SQLException {
    return numbers(ASTRAY, from, to, from, to).getFirst();
  }

  /** By how many seconds clocks were told to have jumped. */
  List<Long> jumps() throws IOException, SQLException {
    return numbers(JUMPS);
  }

  /** How often a clock was told to be believed again. */
  long believed() throws IOException, SQLException {
    return numbers(BELIEVED).getFirst();
  }

  private List<Long> numbers(String query, Instant... times) throws IOException, SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection = tables.connect();
        PreparedStatement select = connection.prepareStatement(query)) {
      for (int at = 0; at < times.length; at++) {
        select.setTimestamp(at + 1, Timestamp.from(times[at]));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
      }
    }
    return numbers;
  }
}
