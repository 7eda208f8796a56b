package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** {@code GET /api/v1/models/runs}: from when to when each model wrote the scores of a slot. */
final class ModelRunsHandler implements Handler {
  private static final int STANDARD = 1_000;
  private static final int MAX = 10_000;

  private final Reads reads;
  private final InstantSource clock;

  ModelRunsHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  record Runs(List<ModelRunsQuery.Run> runs) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters =
        new Parameters(request, "edge", "slot", "model", "digest", "from", "to", "limit");
    var filter =
        new ModelRunsQuery.Filter(
            parameters.texts("edge"),
            parameters.texts("slot"),
            parameters.texts("model"),
            parameters.text("digest").orElse(""),
            TimeSpan.sinceEver(parameters, clock, ZoneOffset.UTC),
            parameters.number("limit", STANDARD, 1, MAX));
    return Answer.json(new Runs(reads.ask(connection -> ModelRunsQuery.runs(connection, filter))));
  }
}
