package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** What was published, where it runs, and where and when it ran. */
final class ModelVersionsHandler {
  private static final int STANDARD = 1_000;
  private static final int MAX = 10_000;

  private final Reads reads;
  private final InstantSource clock;

  ModelVersionsHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  record Versions(List<ModelVersionsQuery.Version> versions) {}

  /**
   * @param runs of these and of versions that were never published here, the newest first
   */
  record History(
      String model, List<ModelVersionsQuery.Version> versions, List<ModelRunsQuery.Run> runs) {}

  /** {@code GET /api/v1/models/versions}. */
  Answer all(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "model");
    List<String> models = parameters.texts("model");
    return Answer.json(
        new Versions(reads.ask(connection -> ModelVersionsQuery.versions(connection, models))));
  }

  /** {@code GET /api/v1/models/{name}/versions}. */
  Answer one(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "from", "to", "limit");
    String model = request.segment("name");
    var filter =
        new ModelRunsQuery.Filter(
            List.of(),
            List.of(),
            List.of(model),
            "",
            TimeSpan.sinceEver(parameters, clock, ZoneOffset.UTC),
            parameters.number("limit", STANDARD, 1, MAX));
    History history =
        reads.ask(
            connection ->
                new History(
                    model,
                    ModelVersionsQuery.versions(connection, List.of(model)),
                    ModelRunsQuery.runs(connection, filter)));
    if (history.versions().isEmpty() && history.runs().isEmpty()) {
      throw HttpRefusal.notFound("no model of this name was published here or ran at an edge");
    }
    return Answer.json(history);
  }
}
