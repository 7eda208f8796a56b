package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code GET /api/v1/alarms}: what is not normal, the most urgent first. Alarms whose last word
 * came too late to act on are one digest for a site.
 */
final class AlarmsHandler implements Handler {
  private static final int MOST = 10_000;

  private final Reads reads;
  private final InstantSource clock;

  AlarmsHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * @param total all alarms that the question is about
   * @param alarms the first of them
   */
  record Alarms(
      long now, int total, List<AlarmsQuery.Alarm> alarms, List<AlarmsQuery.Digest> digests) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "edge", "all", "late", "limit");
    List<String> edges = parameters.texts("edge");
    boolean all = parameters.flag("all");
    boolean late = parameters.flag("late");
    int limit = parameters.number("limit", 1_000, 1, MOST);
    return Answer.json(
        reads.ask(
            connection -> {
              AlarmsQuery.Alarms found = AlarmsQuery.alarms(connection, edges, all, late, limit);
              return new Alarms(
                  clock.millis(),
                  found.total(),
                  found.alarms(),
                  AlarmsQuery.digests(connection, edges, all));
            }));
  }
}
