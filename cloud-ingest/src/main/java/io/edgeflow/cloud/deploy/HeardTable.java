package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.wire.document.Deployment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What edges said of the documents that they were sent, as far as it must outlive their disks (R3).
 * Stateless; within the caller's transaction.
 */
final class HeardTable {
  private static final int PAST_STARTS = 8;

  private static final String READ =
      """
      select start, past_starts, number, conflict from deploy_heard where edge_id = ? for update
      """;

  private static final String STORE =
      """
      insert into deploy_heard (edge_id, arrived, start, past_starts, number, digest, highest, keys,
        refusal, denied, floors, conflict)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
      on conflict (edge_id) do update set arrived = excluded.arrived, start = excluded.start,
        past_starts = excluded.past_starts, number = excluded.number, digest = excluded.digest,
        highest = greatest(deploy_heard.highest, excluded.highest), keys = excluded.keys,
        refusal = excluded.refusal, denied = excluded.denied, floors = excluded.floors,
        conflict = excluded.conflict
      """;

  /** A document of a mandate counts like one that was issued. */
  private static final String GIVEN =
      """
      select digest from desired where edge_id = ? and number = ?
      union all select digest from mandate_document where edge_id = ? and number = ?
      limit 1
      """;

  private static final String DENY =
      """
      insert into denied (edge_id, digest, at)
      select ?, d, ? from unnest(?::text[]) d
      where not exists (select from forgiven f where f.edge_id = ? and f.digest = d)
      on conflict do nothing
      """;

  /** As many as an edge remembers. */
  private static final String KEEP =
      """
      delete from denied where edge_id = ? and digest not in (
        select digest from denied where edge_id = ? order by at desc, digest desc limit ?)
      """;

  private static final String FLOOR =
      """
      insert into bundle_floor (edge_id, model, number) values (?, ?, ?)
      on conflict (edge_id, model) do update
      set number = greatest(bundle_floor.number, excluded.number)
      """;

  private HeardTable() {}

  private record Before(String start, List<String> pastStarts, long number, String conflict) {}

  /**
   * Takes down what an edge says.
   *
   * @return false for a word that came late: a newer one was heard, this one means nothing
   */
  static boolean note(
      Connection connection, int edgeId, String edge, Deployment said, Instant arrived)
      throws SQLException {
    Optional<Before> before = Sql.first(connection, READ, HeardTable::before, edgeId);
    if (before.isPresent() && isLate(before.get(), said)) {
      return false;
    }
    String conflict = conflict(connection, edgeId, said);
    store(connection, edgeId, said, arrived, pastStarts(before, said), conflict);
    if (!conflict.isEmpty() && !before.map(Before::conflict).orElse("").equals(conflict)) {
      History.add(connection, arrived, "", edge, History.Cause.NOBODY, "conflict", conflict);
    }
    remember(connection, edgeId, said, arrived, conflict.isEmpty());
    return true;
  }

  /**
   * Until the transaction ends no report of this edge is written down, and none is half written: so
   * what is changed here is not undone by a word that came before. First of all that is locked, as
   * {@link #note} does: two that wait for each other would both lose.
   */
  static void lock(Connection connection, String edge) throws SQLException {
    Sql.rows(
        connection,
        """
        select 1 from deploy_heard h join edge e on e.id = h.edge_id where e.name = ?
        for update of h
        """,
        _ -> "",
        edge);
  }

  private static Before before(ResultSet row) throws SQLException {
    return new Before(row.getString(1), Sql.texts(row, 2), row.getLong(3), row.getString(4));
  }

  /** Within a start of a process numbers rise, and no start comes back (R4). */
  private static boolean isLate(Before before, Deployment said) {
    return before.start().equals(said.start())
        ? said.number() < before.number()
        : before.pastStarts().contains(said.start());
  }

  private static List<String> pastStarts(Optional<Before> before, Deployment said) {
    if (before.isEmpty() || before.get().start().equals(said.start())) {
      return before.map(Before::pastStarts).orElse(List.of());
    }
    List<String> past = new ArrayList<>(List.of(before.get().start()));
    past.addAll(before.get().pastStarts());
    return past.subList(0, Math.min(past.size(), PAST_STARTS));
  }

  /** Equal number, other digest (R1). */
  private static String conflict(Connection connection, int edgeId, Deployment said)
      throws SQLException {
    Optional<String> given =
        Sql.first(
            connection,
            GIVEN,
            row -> row.getString(1),
            edgeId,
            said.number(),
            edgeId,
            said.number());
    return given.isEmpty() || given.get().equals(said.desired())
        ? ""
        : "it follows a document %d of the digest %s, this cloud issued %d as %s"
            .formatted(said.number(), brief(said.desired()), said.number(), brief(given.get()));
  }

  private static String brief(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }

  private static void store(
      Connection connection,
      int edgeId,
      Deployment said,
      Instant arrived,
      List<String> pastStarts,
      String conflict)
      throws SQLException {
    Sql.run(
        connection,
        STORE,
        edgeId,
        arrived,
        said.start(),
        pastStarts,
        said.number(),
        said.desired(),
        said.number(),
        said.keys(),
        said.refusal(),
        said.denied(),
        PartsTable.json(said.floors()),
        conflict);
  }

  private static void remember(
      Connection connection, int edgeId, Deployment said, Instant arrived, boolean heardUs)
      throws SQLException {
    if (heardUs) {
      // From now on a refusal is a new one.
      Sql.run(
          connection,
          "delete from forgiven where edge_id = ? and number <= ?",
          edgeId,
          said.number());
    }
    if (!said.denied().isEmpty()) {
      Sql.run(connection, DENY, edgeId, arrived, said.denied(), edgeId);
      Sql.run(connection, KEEP, edgeId, edgeId, Deployment.MAX_DENIED);
    }
    for (Map.Entry<String, Long> floor : said.floors().entrySet()) {
      Sql.run(connection, FLOOR, edgeId, floor.getKey(), floor.getValue());
    }
  }

  /** Whether this edge follows a number that nobody here ever gave. */
  static boolean isAhead(Connection connection, String edge) throws SQLException {
    return Sql.first(
            connection,
            """
            select 1 from deploy_heard h join edge e on e.id = h.edge_id
            join desired d on d.edge_id = e.id
            where e.name = ? and h.number > d.number and h.number > coalesce(
              (select max(m.number) from mandate_document m where m.edge_id = e.id), 0)
            """,
            row -> true,
            edge)
        .isPresent();
  }

  static boolean isInConflict(Connection connection, String edge) throws SQLException {
    return Sql.first(
            connection,
            """
            select 1 from deploy_heard h join edge e on e.id = h.edge_id
            where e.name = ? and h.conflict <> ''
            """,
            row -> true,
            edge)
        .isPresent();
  }
}
