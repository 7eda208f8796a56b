package io.edgeflow.cloud.catalog;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code series_invalid}. Stateless. */
final class InvalidTable {
  private static final String COLUMNS =
      """
      select i.id, e.name || '/' || s.name, i.since, i.until, i.who, i.why, i.at
      from series_invalid i
      join series s on s.id = i.series_id
      join edge e on e.id = s.edge_id
      """;

  private static final String ADD =
      """
      insert into series_invalid (series_id, since, until, at, who, why) values (?, ?, ?, ?, ?, ?)
      returning id
      """;

  private static final String REMOVE =
      """
      update series_invalid set removed = ?, removed_who = ?, removed_why = ?
      where id = ? and removed is null
      """;

  private static final String STANDING =
      """
      where i.removed is null
        and i.since < 'epoch'::timestamptz + ? * interval '1 microsecond'
        and i.until > 'epoch'::timestamptz + ? * interval '1 microsecond'
      """;

  private static final String ORDER = " order by 2, i.since, i.id limit 1000";

  private InvalidTable() {}

  /**
   * @param from milliseconds since the epoch, as all times
   * @param to exclusive
   */
  record Stretch(int id, String series, long from, long to, String who, String why, long at) {}

  static Stretch add(
      Connection connection,
      int series,
      Instant from,
      Instant to,
      Instant now,
      String who,
      String why)
      throws SQLException {
    int id =
        Sql.first(connection, ADD, row -> row.getInt(1), series, from, to, now, who, why)
            .orElseThrow();
    return Sql.first(connection, COLUMNS + " where i.id = ?", InvalidTable::stretch, id)
        .orElseThrow();
  }

  /** What it was; empty if there is none, or it was taken back before. */
  static Optional<Stretch> remove(
      Connection connection, int id, Instant now, String who, String why) throws SQLException {
    return Sql.run(connection, REMOVE, now, who, why, id) == 0
        ? Optional.empty()
        : Sql.first(connection, COLUMNS + " where i.id = ?", InvalidTable::stretch, id);
  }

  /**
   * Of any series, at most 1 000.
   *
   * @param from microseconds since the epoch
   * @param to exclusive
   */
  static List<Stretch> all(Connection connection, long from, long to) throws SQLException {
    return Sql.rows(connection, COLUMNS + STANDING + ORDER, InvalidTable::stretch, to, from);
  }

  /** Of what is shown as one series, its parts included. */
  static List<Stretch> of(Connection connection, int head, long from, long to) throws SQLException {
    return Sql.rows(
        connection,
        COLUMNS + STANDING + " and coalesce(s.head, s.id) = ?" + ORDER,
        InvalidTable::stretch,
        to,
        from,
        head);
  }

  private static Stretch stretch(ResultSet row) throws SQLException {
    return new Stretch(
        row.getInt(1),
        row.getString(2),
        Sql.millis(row, 3),
        Sql.millis(row, 4),
        row.getString(5),
        row.getString(6),
        Sql.millis(row, 7));
  }
}
