package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.roster.Roster;
import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cloud processes that share the database, by their own words. Stateless. */
final class ProcessesQuery {
  private static final String PROCESSES =
      """
      select p.id::text, p.name, p.version, p.intake, p.started, p.heard,
        p.heard > now() - ? * interval '1 second',
        (select count(*) from edge e where e.process = p.id and e.online),
        p.partitions, p.lag
      from process p order by p.name, p.started
      """;

  private ProcessesQuery() {}

  /**
   * @param name as its configuration calls it
   * @param intake how frames get from edges' connections to its writer: {@code mqtt} or {@code
   *     kafka}
   * @param since when it was started
   * @param heard when it last said that it is there
   * @param alive whether that was just now
   * @param edges that are connected to it
   * @param partitions of the frames that go over Kafka, those that it reads
   * @param lag frames in them that it has not read
   */
  record Member(
      String id,
      String name,
      String version,
      String intake,
      long since,
      long heard,
      boolean alive,
      long edges,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long partitions,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long lag) {}

  static List<Member> read(Connection connection) throws SQLException {
    return Sql.rows(connection, PROCESSES, ProcessesQuery::process, Roster.ALIVE.toSeconds());
  }

  private static Member process(ResultSet row) throws SQLException {
    return new Member(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Sql.millis(row, 5),
        Sql.millis(row, 6),
        row.getBoolean(7),
        row.getLong(8),
        Cells.whole(row, 9),
        Cells.whole(row, 10));
  }
}
