package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/edges}: who there is, and how far behind. */
final class EdgesHandler implements Handler {
  /** The newest window of an edge is looked for in its series that were heard of last. */
  private static final String EDGES =
      """
      select e.name, e.site, (e.labels - 'edgeflow.promise')::text, e.timezone, e.software, e.online,
        (extract(epoch from e.presence_since) * 1000)::bigint,
        (extract(epoch from e.hello_at) * 1000)::bigint,
        (extract(epoch from e.last_seen) * 1000)::bigint,
        (select count(*) from series s where s.source_edge_id = e.id) as series,
        l.frames, l.readings, l.incarnation,
        (extract(epoch from (
          select max(w.until) from (
            select id from series where source_edge_id = e.id order by last_seen desc limit 8
          ) s cross join lateral (
            select time + length * interval '1 microsecond' as until
            from window_stored where series_id = s.id order by time desc, length desc limit 1
          ) w
        )) * 1000)::bigint as last_window,
        case e.labels ->> 'edgeflow.promise' when 'off' then 'off' else 'on' end as promise,
        case when jsonb_typeof(r.document -> 'health') = 'object'
          then (r.document -> 'health')::text end as health,
        (extract(epoch from r.arrived) * 1000)::bigint as reported
      from edge e
      left join reported r on r.edge_id = e.id
      left join lateral (
        select sum(greatest(0, g.highest - g.committed_frames - coalesce(f.frames, 0)))::bigint
            as frames,
          sum(greatest(0, g.running_total - g.committed_readings - coalesce(f.readings, 0)))::bigint
            as readings,
          (array_agg(g.incarnation order by g.id desc))[1] as incarnation
        from frame_ledger g
        left join lateral (
          select sum((select sum(upper(n) - lower(n)) from unnest(t.numbers) n)) as frames,
            sum(t.readings) as readings
          from frame_fate t where t.ledger_id = g.id
        ) f on true
        where g.edge_id = e.id
      ) l on true
      order by e.name collate "C"
      """;

  private final Reads reads;
  private final InstantSource clock;

  EdgesHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  record Edges(long now, List<Edge> edges) {}

  /**
   * @param online as the edge's retained presence says
   * @param lastFrame when anything of it was stored last
   * @param lastWindow the end of its newest window
   * @param promise {@code off} if it acknowledges readings before they are synced, as it says
   * @param incarnation the one heard of last
   * @param pending what it has numbered, as it told, and this cloud has not got
   * @param lastReport when it said last what it runs and how it is
   * @param health how it said it is; null where it did not
   */
  record Edge(
      String name,
      String site,
      @JsonRawValue String labels,
      String timezone,
      String software,
      boolean online,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long onlineSince,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long lastHello,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long lastFrame,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long lastWindow,
      long series,
      String promise,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String incarnation,
      Amount pending,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long lastReport,
      @JsonInclude(JsonInclude.Include.ALWAYS) @JsonRawValue @Nullable String health) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    new Parameters(request);
    return Answer.json(new Edges(clock.millis(), reads.ask(EdgesHandler::edges)));
  }

  private static List<Edge> edges(Connection connection) throws SQLException {
    List<Edge> edges = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(EDGES);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        edges.add(edge(rows));
      }
    }
    return edges;
  }

  private static Edge edge(ResultSet row) throws SQLException {
    String incarnation = row.getString(13);
    return new Edge(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getBoolean(6),
        Cells.whole(row, 7),
        Cells.whole(row, 8),
        Cells.whole(row, 9),
        Cells.whole(row, 14),
        row.getLong(10),
        row.getString(15),
        incarnation == null ? null : incarnation.replace("-", ""),
        new Amount(row.getLong(11), row.getLong(12)),
        Cells.whole(row, 17),
        row.getString(16));
  }
}
