package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.deploy.DesiredDesk.Issued;
import io.edgeflow.cloud.deploy.DesiredDesk.Outcome;
import io.edgeflow.cloud.deploy.DesiredDesk.Refused;
import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.Transactions.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a person orders beside any rollout. Each is one transaction: when it returns, it holds, and
 * documents that say so are on their way. Blocks for the database.
 */
final class Switches {
  private static final String LISTENING =
      """
      select e.name from edge e
      where exists (select from deploy_heard h where h.edge_id = e.id)
        or exists (select from desired d where d.edge_id = e.id)
      order by e.name collate "C"
      """;

  private final Turns turns;
  private final DesiredDesk desk;
  private final InstantSource clock;
  private final Runnable news;

  /**
   * @param news told when documents were written down
   */
  Switches(Turns turns, DesiredDesk desk, InstantSource clock, Runnable news) {
    this.turns = turns;
    this.desk = desk;
    this.clock = clock;
    this.news = news;
  }

  /**
   * @param changed whether it was otherwise before
   * @param told how many edges have a new document
   * @param refused by edge why it has none
   */
  record Done(boolean changed, int told, Map<String, String> refused) {}

  /** No slot of any edge scores with a model of this name until it is enabled again. */
  Done disable(String model, Cause cause) throws SQLException {
    return spread(
        model,
        cause,
        "disabled",
        (connection, now) ->
            Sql.run(
                connection,
                "insert into disabled_model values (?, ?, ?, ?) on conflict do nothing",
                model,
                cause.who(),
                cause.why(),
                now));
  }

  Done enable(String model, Cause cause) throws SQLException {
    return spread(
        model,
        cause,
        "enabled",
        (connection, _) -> Sql.run(connection, "delete from disabled_model where name = ?", model));
  }

  private interface Change {
    int apply(Connection connection, Instant now) throws SQLException;
  }

  private Done spread(String model, Cause cause, String what, Change change) throws SQLException {
    Done done =
        turns.take(
            connection -> {
              Instant now = clock.instant();
              if (change.apply(connection, now) == 0) {
                return new Done(false, 0, Map.of());
              }
              List<Outcome> told = new ArrayList<>();
              Map<String, String> refused = new TreeMap<>();
              for (String edge : Sql.rows(connection, LISTENING, row -> row.getString(1))) {
                Outcome outcome = desk.ensure(connection, edge);
                switch (outcome) {
                  case Issued _ -> told.add(outcome);
                  case Refused(String reason) -> refused.put(edge, reason);
                  case DesiredDesk.Unchanged _ -> {}
                }
              }
              History.add(connection, now, "", "", cause, what, model);
              return new Done(true, told.size(), refused);
            });
    news.run();
    return done;
  }

  /** An edge may try a digest again that it refuses (R3). Not to be given up when it is away. */
  Outcome forgive(String edge, String digest, Cause cause) throws SQLException {
    return order(
        edge,
        cause,
        "forgiven",
        digest,
        connection -> {
          HeardTable.lock(connection, edge);
          Sql.run(
              connection,
              "delete from denied d using edge e where e.id = d.edge_id and e.name = ? and digest ="
                  + " ?",
              edge,
              digest);
          Sql.run(
              connection,
              "insert into forgiven select id, ?, null from edge where name = ? on conflict do"
                  + " nothing",
              digest,
              edge);
          return desk.ensure(connection, edge);
        });
  }

  /** Tells an edge again, above all that it follows: what a person decides about a conflict. */
  Outcome reissue(String edge, Cause cause) throws SQLException {
    return order(edge, cause, "reissued", "", connection -> desk.again(connection, edge));
  }

  /** Nothing of it holds where the edge cannot be told. */
  private Outcome order(String edge, Cause cause, String what, String detail, Work<Outcome> work)
      throws SQLException {
    try {
      Outcome outcome =
          turns.take(
              connection -> {
                Outcome came = work.run(connection);
                if (came instanceof Refused(String reason)) {
                  throw new InVain(reason);
                }
                History.add(connection, clock.instant(), "", edge, cause, what, detail);
                return came;
              });
      news.run();
      return outcome;
    } catch (InVain refused) {
      return new Refused(refused.reason);
    }
  }

  /** Ends a transaction of which nothing shall stay. */
  private static final class InVain extends RuntimeException {
    private final String reason;

    InVain(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
