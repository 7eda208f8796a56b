package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/models}: which model runs where, and how it does, as edges say themselves. */
final class ModelsHandler implements Handler {
  private static final String MODELS =
      """
      select model, version, digest, edge, site, online, node, slot, provider, state, detail, shadow,
        scored, errors, dropped, p50_micros, p99_micros,
        (extract(epoch from reported_at) * 1000)::bigint
      from edgeflow.model
      where (cardinality(?::text[]) = 0 or edge = any(?::text[]))
        and (cardinality(?::text[]) = 0 or model = any(?::text[]))
      order by model = '', model collate "C", version collate "C", digest, edge collate "C", node, slot
      """;

  private final Reads reads;
  private final InstantSource clock;

  ModelsHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  record Models(long now, List<Model> models) {}

  /**
   * @param name empty, as version and digest, for slots in which no model serves
   */
  record Model(String name, String version, String digest, List<Place> edges) {}

  /**
   * @param node which process scores, where that is not the edge itself; else empty
   * @param reported when the edge's word came in, milliseconds since the epoch
   */
  record Place(
      String edge,
      String site,
      boolean online,
      String node,
      String slot,
      String provider,
      String state,
      String detail,
      String shadow,
      long scored,
      long errors,
      long dropped,
      double p50Micros,
      double p99Micros,
      long reported) {}

  private record Identity(String name, String version, String digest) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "edge", "model");
    List<String> edges = parameters.texts("edge");
    List<String> models = parameters.texts("model");
    return Answer.json(
        new Models(clock.millis(), reads.ask(connection -> models(connection, edges, models))));
  }

  private static List<Model> models(Connection connection, List<String> edges, List<String> models)
      throws SQLException {
    Map<Identity, List<Place>> found = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(MODELS)) {
      for (int i = 0; i < 2; i++) {
        select.setArray(1 + i, connection.createArrayOf("text", edges.toArray()));
        select.setArray(3 + i, connection.createArrayOf("text", models.toArray()));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          var model = new Identity(rows.getString(1), rows.getString(2), rows.getString(3));
          found.computeIfAbsent(model, _ -> new ArrayList<>()).add(place(rows));
        }
      }
    }
    return found.entrySet().stream()
        .map(
            one ->
                new Model(
                    one.getKey().name(),
                    one.getKey().version(),
                    one.getKey().digest(),
                    one.getValue()))
        .toList();
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        row.getString(4),
        row.getString(5),
        row.getBoolean(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getLong(13),
        row.getLong(14),
        row.getLong(15),
        row.getDouble(16),
        row.getDouble(17),
        row.getLong(18));
  }
}
