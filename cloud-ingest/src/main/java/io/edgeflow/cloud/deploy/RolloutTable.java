package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.rollout.Controller;
import io.edgeflow.cloud.rollout.RolloutState;
import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rollouts as they are stored. Stateless; within the caller's transaction. */
final class RolloutTable {
  private static final String COLUMNS =
      "select id, spec, state, who, why, created, updated from rollout ";

  private static final String INSERT =
      """
      insert into rollout (id, name, spec, state, status, settled, who, why, created, updated)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private RolloutTable() {}

  /**
   * @param spec as it was sent
   * @param cause of its start
   * @param createdMillis milliseconds since the epoch
   */
  record Stored(
      String spec, RolloutState state, Cause cause, long createdMillis, long updatedMillis) {}

  static void insert(
      Connection connection, String spec, RolloutState state, Cause cause, Instant now)
      throws SQLException {
    Sql.run(
        connection,
        INSERT,
        state.id(),
        state.spec().name(),
        spec,
        state.toJson(),
        state.phase().word(),
        Controller.settled(state),
        cause.who(),
        cause.why(),
        now,
        now);
  }

  static Optional<String> startedBy(Connection connection, Cause cause) throws SQLException {
    return Sql.first(
        connection,
        "select id from rollout where who = ? and why = ? order by created desc",
        row -> row.getString(1),
        cause.who(),
        cause.why());
  }

  static void save(Connection connection, RolloutState state, Instant now) throws SQLException {
    Sql.run(
        connection,
        "update rollout set state = ?, status = ?, settled = ?, updated = ? where id = ?",
        state.toJson(),
        state.phase().word(),
        Controller.settled(state),
        now,
        state.id());
  }

  /** Those that a step may still change, in the order in which they go. */
  static List<RolloutState> open(Connection connection) throws SQLException {
    return Sql.rows(connection, COLUMNS + "where not settled", RolloutTable::stored).stream()
        .map(Stored::state)
        .sorted(RolloutState.ORDER)
        .toList();
  }

  static boolean isAnyOpen(Connection connection) throws SQLException {
    return Sql.first(connection, "select 1 from rollout where not settled limit 1", row -> true)
        .isPresent();
  }

  static Optional<Stored> find(Connection connection, String id) throws SQLException {
    return Sql.first(connection, COLUMNS + "where id = ?", RolloutTable::stored, id);
  }

  /** The newest first. */
  static List<Stored> newest(Connection connection, int most) throws SQLException {
    return Sql.rows(
        connection, COLUMNS + "order by created desc, id desc limit ?", RolloutTable::stored, most);
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getString(2),
        RolloutState.fromJson(row.getString(3)),
        new Cause(row.getString(4), row.getString(5)),
        Sql.millis(row, 6),
        Sql.millis(row, 7));
  }
}
