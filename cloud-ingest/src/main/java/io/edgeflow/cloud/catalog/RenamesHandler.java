package io.edgeflow.cloud.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Parameters;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.query.SeriesItem;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/series/renames?name=}: what a series and its parts were called. */
final class RenamesHandler implements Handler {
  private static final String ROWS =
      """
      select r.at, r.what, f.name || '/' || r.from_name, t.name || '/' || r.to_name,
        (extract(epoch from r.join_at) * 1000)::bigint, r.undone, r.who, r.why
      from series_rename r
      join edge f on f.id = r.from_edge_id
      join edge t on t.id = r.to_edge_id
      join series s on s.id = r.series_id
      where coalesce(s.head, s.id) = ?
      order by r.id desc limit 500
      """;

  private final Reads reads;

  RenamesHandler(Reads reads) {
    this.reads = reads;
  }

  /**
   * @param renames the newest first
   */
  record Story(String name, List<Step> renames) {}

  /**
   * @param join from when on what had the name is shown
   * @param undone whether a join was taken back
   */
  record Step(
      long at,
      String what,
      String from,
      String to,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long join,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean undone,
      String who,
      String why) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    String name =
        new Parameters(request, "name")
            .text("name")
            .orElseThrow(
                () -> HttpRefusal.badRequest("name is missing: such as name=pi-7/pump-7/flow"));
    return Answer.json(reads.ask(connection -> story(connection, name)));
  }

  private static Story story(Connection connection, String name) throws SQLException {
    int id = Names.require(connection, name).head();
    return new Story(
        SeriesItem.called(connection, name).name(),
        Sql.rows(connection, ROWS, RenamesHandler::step, id));
  }

  private static Step step(ResultSet row) throws SQLException {
    long join = row.getLong(5);
    return new Step(
        Sql.millis(row, 1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.wasNull() ? null : join,
        row.getBoolean(6),
        row.getString(7),
        row.getString(8));
  }
}
