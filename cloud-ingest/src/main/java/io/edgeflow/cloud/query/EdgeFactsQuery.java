package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what may explain gaps. Stateless. */
final class EdgeFactsQuery {
  private static final String EDGES =
      """
      select name, case when online then null
          else (extract(epoch from presence_since) * 1000000)::bigint end
      from edge where name = any(?::text[])
      """;

  private static final String SENDERS =
      """
      select coalesce(s.head, s.id), e.name
      from series s join edge e on e.id = s.source_edge_id
      where s.id = any(?::int[]) or s.head = any(?::int[])
      order by s.until
      """;

  private static final String STARTS =
      """
      select e.name, (extract(epoch from i.named_at) * 1000000)::bigint,
        greatest(0, coalesce(l.highest - l.committed_frames - (
          select coalesce(sum((select sum(upper(n) - lower(n)) from unnest(f.numbers) n)), 0)
          from frame_fate f where f.ledger_id = l.id
        ), 0))::bigint
      from edge e
      join incarnation i on i.edge_id = e.id
      left join frame_ledger l on l.edge_id = e.id and l.incarnation = i.id and l.lane = 1
      where e.name = any(?::text[])
      order by i.named_at desc
      limit 5000
      """;

  private static final String FATES =
      """
      select e.name, f.fate, f.reason,
        (select sum(upper(n) - lower(n)) from unnest(f.numbers) n)::bigint,
        (extract(epoch from coalesce((
          select c.at from frame_checksum c
          where c.ledger_id = f.ledger_id and c.number < lower(f.numbers)
          order by c.number desc limit 1
        ), i.named_at, e.first_seen)) * 1000000)::bigint,
        (extract(epoch from f.updated) * 1000000)::bigint
      from edge e
      join frame_ledger l on l.edge_id = e.id and l.lane = 1
      join frame_fate f on f.ledger_id = l.id
      left join incarnation i on i.edge_id = e.id and i.id = l.incarnation
      where e.name = any(?::text[]) and f.fate <> 'superseded' and not isempty(f.numbers)
      order by f.updated desc
      limit 5000
      """;

  /** Told when it was noticed, which may be long after. */
  private static final String EVENTS =
      """
      select e.name, v.type, v.series, v.message, (extract(epoch from v.time) * 1000000)::bigint,
        v.detail ->> 'from', v.detail ->> 'to'
      from edge e
      join event_stored v on v.edge_id = e.id
      where e.name = any(?::text[])
        and v.type in ('gap', 'windows-dropped', 'frame-unreadable', 'no-room', 'room-again')
        and v.time >= 'epoch'::timestamptz + ? * interval '1 microsecond'
      order by v.time, v.ledger_id, v.frame, v.row
      limit 5000
      """;

  /** Room may have run out before the time that is asked for. */
  private static final long BACK = 86_400_000_000L;

  private EdgeFactsQuery() {}

  private interface Row {
    void read(EdgeFacts facts, ResultSet row) throws SQLException;
  }

  /** The edges that send these series now, by the ids of these. */
  static Map<Integer, String> senders(Connection connection, List<SeriesRow> series)
      throws SQLException {
    Map<Integer, String> senders = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SENDERS)) {
      Object[] ids = series.stream().map(SeriesRow::id).toArray();
      select.setArray(1, connection.createArrayOf("int4", ids));
      select.setArray(2, connection.createArrayOf("int4", ids));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          senders.put(rows.getInt(1), rows.getString(2));
        }
      }
    }
    return senders;
  }

  /** By the names of edges. */
  static Map<String, EdgeFacts> read(Connection connection, Collection<String> edges, Span span)
      throws SQLException {
    Map<String, EdgeFacts> facts = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(EDGES)) {
      select.setArray(1, connection.createArrayOf("text", edges.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Long since = Cells.whole(rows, 2);
          facts.put(rows.getString(1), new EdgeFacts(since == null ? Long.MAX_VALUE : since));
        }
      }
    }
    read(connection, STARTS, edges, span, facts, EdgeFactsQuery::start);
    read(connection, FATES, edges, span, facts, EdgeFactsQuery::fate);
    read(connection, EVENTS, edges, span, facts, EdgeFactsQuery::told);
    return facts;
  }

  private static void read(
      Connection connection,
      String query,
      Collection<String> edges,
      Span span,
      Map<String, EdgeFacts> facts,
      Row each)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setArray(1, connection.createArrayOf("text", edges.toArray()));
      if (query.equals(EVENTS)) {
        select.setLong(2, span.from() - BACK);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          EdgeFacts one = facts.get(rows.getString(1));
          if (one != null) {
            each.read(one, rows);
          }
        }
      }
    }
  }

  private static void start(EdgeFacts facts, ResultSet row) throws SQLException {
    facts.starts().add(new EdgeFacts.Start(row.getLong(2), row.getLong(3)));
  }

  private static void fate(EdgeFacts facts, ResultSet row) throws SQLException {
    facts
        .fates()
        .add(
            new EdgeFacts.Fate(
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6)));
  }

  private static void told(EdgeFacts facts, ResultSet row) throws SQLException {
    long at = row.getLong(5);
    facts
        .told()
        .add(
            new EdgeFacts.Told(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                at,
                time(row.getString(6), at),
                time(row.getString(7), at)));
  }

  /** What a gateway writes; whatever else somebody wrote counts as nothing. */
  private static long time(@Nullable String text, long otherwise) {
    try {
      return text == null ? otherwise : Moments.micros(Instant.parse(text));
    } catch (DateTimeException | ArithmeticException strange) {
      return otherwise;
    }
  }
}
