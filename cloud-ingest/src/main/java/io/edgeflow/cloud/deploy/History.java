package io.edgeflow.cloud.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Who asked for what, and what came of it. Only ever added to. Stateless. */
final class History {
  private static final int LONGEST = 500;

  /** What one page of it shows. */
  static final int MOST = 1_000;

  private static final String ADD =
      """
      insert into deploy_history (at, rollout, edge, who, why, what, detail)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String OF_ROLLOUT =
      """
      select at, edge, who, why, what, detail from (
        select * from deploy_history where rollout = ? order by id desc limit ?
      ) newest order by id
      """;

  private static final String SINCE =
      """
      select 1 from deploy_history
      where rollout = '' and edge = ? and what = ? and at > ? order by id desc limit 1
      """;

  private History() {}

  /**
   * A person's reason.
   *
   * @param who empty where nobody asked
   */
  record Cause(String who, String why) {
    static final Cause NOBODY = new Cause("", "");
  }

  /**
   * @param at milliseconds since the epoch
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Entry(long at, String edge, String who, String why, String what, String detail) {}

  static void add(
      Connection connection,
      Instant at,
      String rollout,
      String edge,
      Cause cause,
      String what,
      String detail)
      throws SQLException {
    String shown = detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail;
    Sql.run(connection, ADD, at, rollout, edge, cause.who(), cause.why(), what, shown);
  }

  /**
   * As {@link #add}, of an edge and no rollout, for what an edge may bring about as often as it
   * likes: told once a day, as nothing here is ever deleted.
   */
  static void addDaily(Connection connection, Instant at, String edge, String what, String detail)
      throws SQLException {
    Instant yesterday = at.minus(Duration.ofDays(1));
    if (Sql.first(connection, SINCE, row -> true, edge, what, yesterday).isEmpty()) {
      add(connection, at, "", edge, Cause.NOBODY, what, detail);
    }
  }

  /** The newest entries of a rollout, the oldest of them first; empty: of none. */
  static List<Entry> of(Connection connection, String rollout) throws SQLException {
    return Sql.rows(
        connection,
        OF_ROLLOUT,
        row ->
            new Entry(
                Sql.millis(row, 1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6)),
        rollout,
        MOST);
  }
}
