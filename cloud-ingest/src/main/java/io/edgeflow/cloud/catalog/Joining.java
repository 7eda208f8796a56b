package io.edgeflow.cloud.catalog;

import io.edgeflow.cloud.catalog.Renaming.Called;
import io.edgeflow.cloud.catalog.Renaming.Wish;
import io.edgeflow.cloud.query.SeriesNames;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.HttpRefusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes one series of two that follow each other, and takes them apart. Nothing that is stored
 * changes, only which stretch of each source is shown. Belongs to the transaction of a {@link
 * Renaming}.
 */
final class Joining {
  private static final String ALIKE =
      """
      select a.kind = b.kind, a.unit = b.unit, a.unit, b.unit from series a, series b
      where a.id = ? and b.id = ?
      """;

  private static final String NOTE =
      """
      insert into series_rename (at, series_id, from_edge_id, from_name, to_edge_id, to_name, what,
        with_id, join_at, before, who, why)
      select ?, a.id, a.edge_id, a.name, b.edge_id, b.name, 'joined', b.id, ?, p.parts, ?, ?
      from series a, series b, (
        select jsonb_agg(jsonb_build_object('id', id, 'head', head, 'since', since,
          'until', until)) as parts
        from series where coalesce(head, id) in (?, ?)
      ) p
      where a.id = ? and b.id = ?
      """;

  private static final String EARLIER =
      """
      update series s set head = b.id, edge_id = b.edge_id, name = b.name,
        until = least(s.until, ?)
      from series b where b.id = ? and coalesce(s.head, s.id) = ?
      """;

  private static final String LATER =
      "update series set since = greatest(since, ?) where coalesce(head, id) = ?";

  private static final String NEWEST =
      """
      select id, series_id from series_rename
      where with_id = ? and what = 'joined' and not undone order by id desc limit 1
      """;

  /** A join that the part was in, though it is not what was joined then. */
  private static final String CAME_WITH =
      """
      select series_id from series_rename
      where with_id = ? and what = 'joined' and not undone and series_id <> ?
        and before @> jsonb_build_array(jsonb_build_object('id', ?::integer))
      order by id desc limit 1
      """;

  private static final String APART =
      """
      update series s set head = b.head, since = b.since, until = b.until,
        edge_id = case when ? in (b.id, b.head) then ? else s.edge_id end,
        name = case when ? in (b.id, b.head) then ? else s.name end
      from series_rename r, jsonb_to_recordset(r.before)
        as b (id integer, head integer, since timestamptz, until timestamptz)
      where r.id = ? and s.id = b.id
      """;

  private static final String ALONE =
      """
      update series set head = null, since = '-infinity', until = 'infinity',
        unit_override = null, unit = source_unit, edge_id = ?, name = ?
      where id = ?
      """;

  private final Connection connection;
  private final Instant now;

  Joining(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now;
  }

  /** What is shown is {@code earlier} before the moment, and {@code later} from then on. */
  void join(Wish wish, int earlier, int later, Instant at) throws SQLException {
    if (at.isAfter(now)) {
      throw HttpRefusal.badRequest("join must not lie ahead");
    }
    requireAlike(wish, earlier, later);
    Sql.run(connection, NOTE, now, at, wish.who(), wish.why(), earlier, later, earlier, later);
    Sql.run(connection, LATER, at, later);
    Sql.run(connection, EARLIER, at, later, earlier);
  }

  private void requireAlike(Wish wish, int earlier, int later) throws SQLException {
    Optional<String> fault =
        Sql.first(
            connection,
            ALIKE,
            row ->
                !row.getBoolean(1)
                    ? "they are of different kinds"
                    : row.getBoolean(2)
                        ? ""
                        : "their units are '%s' and '%s': change one first, if only it is wrong"
                            .formatted(row.getString(3), row.getString(4)),
            earlier,
            later);
    if (!fault.orElse("").isEmpty()) {
      throw Renaming.conflict(
          "%s and %s cannot be one series: %s".formatted(wish.from(), wish.to(), fault.get()));
    }
  }

  /** Takes a part out again, under a name of its own; the last that was joined goes first. */
  void part(Wish wish, SeriesNames.Found found, int edge) throws SQLException {
    Called before = Renaming.called(connection, found.head());
    Optional<int[]> newest =
        Sql.first(
            connection, NEWEST, row -> new int[] {row.getInt(1), row.getInt(2)}, found.head());
    if (newest.isPresent() && newest.get()[1] == found.id()) {
      int join = newest.get()[0];
      Sql.run(connection, APART, found.id(), edge, found.id(), wish.to().name(), join);
      Sql.run(connection, "update series_rename set undone = true where id = ?", join);
    } else {
      requireAlone(wish, found, newest);
      Sql.run(connection, ALONE, edge, wish.to().name(), found.id());
    }
    new Renaming(connection, now)
        .note(new Called(found.id(), before.edge(), before.path()), edge, wish, "parted");
  }

  /** Only what its edge began to send by itself may leave in any order. */
  private void requireAlone(Wish wish, SeriesNames.Found found, Optional<int[]> newest)
      throws SQLException {
    Optional<Integer> with =
        Sql.first(
            connection, CAME_WITH, row -> row.getInt(1), found.head(), found.id(), found.id());
    boolean joined =
        Sql.first(
                connection,
                "select 1 from series_rename where series_id = ? and with_id = ?"
                    + " and what = 'joined' and not undone",
                row -> 1,
                found.id(),
                found.head())
            .isPresent();
    if (with.isPresent() || joined) {
      int first = joined ? newest.orElseThrow()[1] : with.orElseThrow();
      throw Renaming.conflict(
          "%s is joined to what was joined again later: take %s out first"
              .formatted(wish.from(), source(first)));
    }
  }

  private String source(int series) throws SQLException {
    return Sql.first(
            connection,
            "select e.name || '/' || s.source_name from series s"
                + " join edge e on e.id = s.source_edge_id where s.id = ?",
            row -> row.getString(1),
            series)
        .orElseThrow();
  }
}
