package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what happened to some series, and to their edges, while they were recorded. Stateless. */
final class AnnotationQuery {
  /** Of the newest. */
  static final int MOST = 500;

  private static final String EVENTS =
      """
      select (extract(epoch from v.time) * 1000)::bigint, e.name, v.severity, v.type, v.series,
        v.message, v.detail::text, v.ledger_id || '-' || v.frame || '-' || v.row
      from event_stored v join edge e on e.id = v.edge_id
      where v.time >= %1$s and v.time < %1$s
        and e.name = any(?::text[])
        and (v.series = '' or e.name || '/' || v.series = any(?::text[]))
      order by v.time desc, v.ledger_id desc, v.frame desc, v.row desc
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private AnnotationQuery() {}

  /** The newest first. */
  static List<EventsHandler.Event> read(Connection connection, List<SeriesRow> series, Span span)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
      select.setLong(1, span.from());
      select.setLong(2, span.to());
      Object[] edges = series.stream().map(SeriesRow::edge).distinct().toArray();
      select.setArray(3, connection.createArrayOf("text", edges));
      Object[] paths = series.stream().map(SeriesRow::path).toArray();
      select.setArray(4, connection.createArrayOf("text", paths));
      select.setInt(5, MOST);
      List<EventsHandler.Event> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(EventsHandler.event(rows));
        }
      }
      return found;
    }
  }
}
