package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from when to when models wrote the scores of slots. Stateless. */
final class ModelRunsQuery {
  private static final String RUNS =
      """
      select edge, site, node, slot, model, version, digest,
        (extract(epoch from began) * 1000)::bigint, (extract(epoch from ended) * 1000)::bigint
      from edgeflow.model_run
      where (cardinality(?::text[]) = 0 or edge = any(?::text[]))
        and (cardinality(?::text[]) = 0 or slot = any(?::text[]))
        and (cardinality(?::text[]) = 0 or model = any(?::text[]))
        and starts_with(digest, ?)
        and began < %1$s and (ended is null or ended > %1$s)
      order by began desc, edge collate "C", node, slot
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private ModelRunsQuery() {}

  /**
   * @param digest what it begins with; empty for all
   */
  record Filter(
      List<String> edges,
      List<String> slots,
      List<String> models,
      String digest,
      Span span,
      int limit) {}

  /**
   * Times in milliseconds since the epoch.
   *
   * @param to null while it runs
   */
  record Run(
      String edge,
      String site,
      String node,
      String slot,
      String model,
      String version,
      String digest,
      long from,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long to) {}

  /** Those that overlap the span, the newest first. */
  static List<Run> runs(Connection connection, Filter filter) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RUNS)) {
      for (int i = 0; i < 2; i++) {
        select.setArray(1 + i, connection.createArrayOf("text", filter.edges().toArray()));
        select.setArray(3 + i, connection.createArrayOf("text", filter.slots().toArray()));
        select.setArray(5 + i, connection.createArrayOf("text", filter.models().toArray()));
      }
      select.setString(7, filter.digest());
      select.setLong(8, filter.span().to());
      select.setLong(9, filter.span().from());
      select.setInt(10, filter.limit());
      List<Run> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(run(rows));
        }
      }
      return found;
    }
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getLong(8),
        Cells.whole(row, 9));
  }
}
