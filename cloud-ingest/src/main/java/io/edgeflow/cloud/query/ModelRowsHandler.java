package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/models/{digest}/rows}: which windows of scores a model wrote. */
final class ModelRowsHandler implements Handler {
  private static final int STANDARD = 10_000;
  private static final int MAX = 50_000;
  private static final int MOST_RUNS = 1_000;

  /** What tells two models apart in practice; nobody should have to type all of it. */
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8,64}");

  private static final String ROWS =
      """
      select series, node, slot, digest,
        (extract(epoch from time) * 1000)::bigint, (extract(epoch from span) * 1000)::bigint,
        count, min, max, mean, shared
      from edgeflow.model_row
      where starts_with(digest, ?) and time >= %1$s and time < %1$s
        and (cardinality(?::text[]) = 0 or edge = any(?::text[]))
      order by time, series collate "C", node
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private final Reads reads;
  private final InstantSource clock;

  ModelRowsHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * @param runs when the model wrote, the newest first
   * @param truncated whether there are more rows: then those shown are the oldest
   */
  record Answered(boolean truncated, List<ModelRunsQuery.Run> runs, List<Row> rows) {}

  /**
   * A window of scores.
   *
   * @param shared whether another model wrote in this window too
   */
  record Row(
      String series,
      String node,
      String slot,
      String digest,
      long t,
      long span,
      long count,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double min,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double max,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double mean,
      boolean shared) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "edge", "from", "to", "limit");
    String digest = request.segment("digest");
    if (!DIGEST.matcher(digest).matches()) {
      throw Parameters.wrong(
          "digest", digest, "must be a digest, or 8 or more of its first digits");
    }
    Span span = TimeSpan.of(parameters, clock, ZoneOffset.UTC);
    List<String> edges = parameters.texts("edge");
    int limit = parameters.number("limit", STANDARD, 1, MAX);
    var runs = new ModelRunsQuery.Filter(edges, List.of(), List.of(), digest, Span.EVER, MOST_RUNS);
    return Answer.json(reads.ask(connection -> answer(connection, runs, span, limit)));
  }

  private static Answered answer(
      Connection connection, ModelRunsQuery.Filter runs, Span span, int limit) throws SQLException {
    List<ModelRunsQuery.Run> found = ModelRunsQuery.runs(connection, runs);
    if (found.isEmpty()) {
      throw HttpRefusal.notFound("no edge said that a model of this digest scored");
    }
    List<Row> rows = rows(connection, runs, span, limit + 1);
    return new Answered(rows.size() > limit, found, rows.subList(0, Math.min(limit, rows.size())));
  }

  private static List<Row> rows(
      Connection connection, ModelRunsQuery.Filter runs, Span span, int limit) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ROWS)) {
      select.setString(1, runs.digest());
      select.setLong(2, span.from());
      select.setLong(3, span.to());
      select.setArray(4, connection.createArrayOf("text", runs.edges().toArray()));
      select.setArray(5, connection.createArrayOf("text", runs.edges().toArray()));
      select.setInt(6, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
    }
    return found;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        Cells.number(row, 8),
        Cells.number(row, 9),
        Cells.number(row, 10),
        row.getBoolean(11));
  }
}
