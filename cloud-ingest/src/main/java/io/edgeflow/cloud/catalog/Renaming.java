package io.edgeflow.cloud.catalog;

import io.edgeflow.cloud.catalog.Names.Path;
import io.edgeflow.cloud.query.SeriesItem;
import io.edgeflow.cloud.query.SeriesNames;
import io.edgeflow.cloud.registry.Audit;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.HttpRefusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Gives series other names, in one transaction that the caller commits. Writers that add series of
 * the edges concerned wait for it, so that none adds a name that is being given away.
 */
final class Renaming {
  private static final String LOCK =
      "select id from edge where name = any(?::text[]) order by name collate \"C\" for update";

  private static final String CALLED =
      "select id from series where edge_id = ? and name = ? and head is null";

  private static final String RENAME =
      "update series set edge_id = ?, name = ? where id = ? or head = ?";

  private static final String HISTORY =
      """
      insert into series_rename
        (at, series_id, from_edge_id, from_name, to_edge_id, to_name, what, who, why)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Connection connection;
  private final Instant now;

  Renaming(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now;
  }

  /**
   * @param join from when on what has the name already is shown; before that it is what is renamed
   */
  record Wish(Path from, Path to, Optional<Instant> join, String who, String why) {}

  /** What a series is called now. */
  record Called(int id, int edge, Path path) {}

  SeriesItem fulfil(Wish wish) throws SQLException {
    var edges = new TreeSet<String>();
    edges.add(wish.from().edge());
    edges.add(wish.to().edge());
    Sql.rows(connection, LOCK, row -> row.getInt(1), edges);
    SeriesNames.Found found = Names.require(connection, wish.from().toString());
    int edge = Names.edge(connection, wish.to().edge());
    Optional<Integer> taken =
        Sql.first(connection, CALLED, row -> row.getInt(1), edge, wish.to().name());
    if (found.id() != found.head()) {
      requireFree(wish, taken);
      new Joining(connection, now).part(wish, found, edge);
    } else if (taken.isPresent()) {
      join(wish, found, taken.get());
    } else {
      rename(wish, found, edge);
    }
    Audit.note(
        connection,
        now.toEpochMilli(),
        wish.who(),
        "series-renamed",
        wish.from().toString(),
        Map.of("to", wish.to().toString(), "why", wish.why()));
    return SeriesItem.called(connection, wish.to().toString());
  }

  private void rename(Wish wish, SeriesNames.Found found, int edge) throws SQLException {
    if (wish.join().isPresent()) {
      throw conflict(
          "nothing is called %s: there is nothing to join with, rename without join"
              .formatted(wish.to()));
    }
    Called before = called(connection, found.head());
    requirePresent(wish, found, before);
    Sql.run(connection, RENAME, edge, wish.to().name(), before.id(), before.id());
    note(before, edge, wish, "renamed");
  }

  private void join(Wish wish, SeriesNames.Found found, int taken) throws SQLException {
    if (taken == found.head()) {
      throw conflict("it is called " + wish.to() + " already");
    }
    requirePresent(wish, found, called(connection, found.head()));
    Instant at =
        wish.join()
            .orElseThrow(
                () ->
                    conflict(
                        "there is a series called %s: choose another name, or give join with the time from which on its readings count, to make one of both"
                            .formatted(wish.to())));
    new Joining(connection, now).join(wish, found.head(), taken, at);
  }

  /** Who goes by an old name does not know of the change since. */
  private static void requirePresent(Wish wish, SeriesNames.Found found, Called now) {
    if (!found.present()) {
      throw conflict(
          "what was %s is called %s now: rename that".formatted(wish.from(), now.path()));
    }
  }

  private static void requireFree(Wish wish, Optional<Integer> taken) {
    if (taken.isPresent() || wish.join().isPresent()) {
      throw conflict(
          "%s is a part of another series: take it out under a name that nothing has, without join"
              .formatted(wish.from()));
    }
  }

  static HttpRefusal conflict(String message) {
    return new HttpRefusal(409, "conflict", message);
  }

  /** Writes down what it was called. */
  void note(Called before, int edge, Wish wish, String what) throws SQLException {
    Sql.run(
        connection,
        HISTORY,
        now,
        before.id(),
        before.edge(),
        before.path().name(),
        edge,
        wish.to().name(),
        what,
        wish.who(),
        wish.why());
  }

  static Called called(Connection connection, int id) throws SQLException {
    return Sql.first(
            connection,
            "select e.id, e.name, s.name from series s join edge e on e.id = s.edge_id"
                + " where s.id = ?",
            row -> new Called(id, row.getInt(1), new Path(row.getString(2), row.getString(3))),
            id)
        .orElseThrow();
  }
}
