package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a commit of the database is worth: the settings and standbys that decide what it survives.
 *
 * @param synchronousCommit as our connections have it
 * @param standbyNames {@code synchronous_standby_names}
 * @param standbys that follow the server, those of logical replication left out
 * @param synchronous of them, those that commits wait for
 * @param hidden of them, those of which our user may not see the state
 */
record Durability(
    boolean fsync,
    boolean fullPageWrites,
    String synchronousCommit,
    String standbyNames,
    int standbys,
    int synchronous,
    int hidden) {
  private static final String QUERY =
      """
      select current_setting('fsync')::boolean, current_setting('full_page_writes')::boolean,
        current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
        count(r.pid), count(r.pid) filter (where r.sync_state in ('sync', 'quorum')),
        count(r.pid) filter (where r.sync_state is null)
      from (values (1)) one (n)
      left join lateral (
        select * from pg_stat_replication s
        where not exists (
          select from pg_replication_slots l where l.active_pid = s.pid and l.slot_type = 'logical'
        )
      ) r on true
      """;

  static Durability of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return new Durability(
          row.getBoolean(1),
          row.getBoolean(2),
          row.getString(3),
          row.getString(4),
          row.getInt(5),
          row.getInt(6),
          row.getInt(7));
    }
  }

  /** What may lose commits that edges were told of, and what can be done, a sentence each. */
  List<String> risks() {
    List<String> risks = new ArrayList<>();
    if (!fsync) {
      risks.add(
          "fsync is off: a crash of the database's machine may lose or damage what was"
              + " acknowledged; set fsync = on");
    } else if (!fullPageWrites) {
      risks.add(
          "full_page_writes is off: a crash of the database's machine may damage what was"
              + " acknowledged, unless its file system never tears a page");
    }
    if (synchronousCommit.equals("off")) {
      risks.add(
          "synchronous_commit is off: a crash of the database may lose what was acknowledged last;"
              + " let connections set it to on");
    }
    standbys(risks);
    return List.copyOf(risks);
  }

  private void standbys(List<String> risks) {
    String others = standbys == 1 ? "a standby follows" : standbys + " standbys follow";
    if (!standbyNames.isEmpty() && synchronous == 0 && hidden == 0) {
      risks.add(
          "no synchronous standby is connected, so commits wait until one is:"
              + " synchronous_standby_names is '"
              + standbyNames
              + "'");
    } else if (standbyNames.isEmpty() && standbys > 0) {
      risks.add(
          others
              + " asynchronously: one that takes over may lack what was acknowledged last. Edges"
              + " then send again what they still hold, and the rest is lost; set"
              + " synchronous_standby_names to rule it out");
    } else if (synchronousCommit.equals("local") && standbys > 0) {
      risks.add(
          others
              + ", but synchronous_commit is local: one that takes over may lack what was"
              + " acknowledged last; let connections set it to on");
    }
  }
}
