package io.edgeflow.cloud.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Parameters;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.query.SeriesItem;
import io.edgeflow.cloud.registry.Audit;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** {@code PATCH /api/v1/series?name=}: what people say of a series. */
final class DescribeHandler implements Handler {
  private static final int LONGEST_DESCRIPTION = 500;
  private static final int LONGEST_UNIT = 64;
  private static final int LONGEST_LABEL = 64;
  private static final int LONGEST_VALUE = 200;
  private static final int MOST_LABELS = 32;

  private static final String UNIT =
      """
      update series set unit_override = ?, unit = coalesce(?, source_unit) where id = ? or head = ?
      """;

  /** A label that is null goes. */
  private static final String LABELS =
      """
      update series set labels = jsonb_strip_nulls(labels || ?::jsonb) where id = ?
      returning (select count(*) from jsonb_object_keys(labels))
      """;

  private final Reads writes;
  private final InstantSource clock;

  DescribeHandler(Reads writes, InstantSource clock) {
    this.writes = writes;
    this.clock = clock;
  }

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    String name =
        new Parameters(request, "name")
            .text("name")
            .orElseThrow(
                () -> HttpRefusal.badRequest("name is missing: such as name=pi-7/pump-7/flow"));
    Said said = Said.read(request.body(), "description", "unit", "labels");
    said.who();
    said.why();
    if (!said.has("description") && !said.has("unit") && !said.has("labels")) {
      throw HttpRefusal.badRequest("nothing to change: give description, unit or labels");
    }
    return Answer.json(writes.ask(connection -> change(connection, name, said)));
  }

  private SeriesItem change(Connection connection, String name, Said said) throws SQLException {
    int id = Names.require(connection, name).head();
    Map<String, Object> detail = new TreeMap<>(Map.of("why", said.why()));
    if (said.has("description")) {
      String text = said.text("description", 0, LONGEST_DESCRIPTION);
      Sql.run(connection, "update series set description = ? where id = ?", text, id);
      detail.put("description", text);
    }
    if (said.has("unit")) {
      unit(connection, id, said.node("unit"));
      detail.put("unit", said.node("unit"));
    }
    if (said.has("labels")) {
      Map<String, JsonNode> labels = labels(said.node("labels"));
      label(connection, id, labels);
      detail.put("labels", labels);
    }
    SeriesItem item = SeriesItem.called(connection, name);
    Audit.note(connection, clock.millis(), said.who(), "series-described", item.name(), detail);
    return item;
  }

  /** Null brings back what the edge says. */
  private static void unit(Connection connection, int id, JsonNode node) throws SQLException {
    if (node.isNull()) {
      Sql.run(
          connection,
          "update series set unit_override = null, unit = source_unit where id = ? or head = ?",
          id,
          id);
    } else {
      String unit = Said.text("unit", node, 0, LONGEST_UNIT);
      Sql.run(connection, UNIT, unit, unit, id, id);
    }
  }

  private static Map<String, JsonNode> labels(JsonNode node) {
    if (!node.isObject()) {
      throw HttpRefusal.badRequest("labels must be an object of texts; null takes one away");
    }
    Map<String, JsonNode> labels = new TreeMap<>();
    for (var field : node.properties()) {
      String name = field.getKey();
      if (name.isBlank()
          || name.length() > LONGEST_LABEL
          || name.indexOf(':') >= 0
          || name.chars().anyMatch(Character::isISOControl)) {
        throw HttpRefusal.badRequest(
            "labels: a name must have 1 to %d characters, and no colon".formatted(LONGEST_LABEL));
      }
      JsonNode value = field.getValue();
      labels.put(
          name,
          value.isNull()
              ? NullNode.instance
              : TextNode.valueOf(Said.text("labels." + name, value, 0, LONGEST_VALUE)));
    }
    return labels;
  }

  private static void label(Connection connection, int id, Map<String, JsonNode> labels)
      throws SQLException {
    int count =
        Sql.first(connection, LABELS, row -> row.getInt(1), Json.text(labels), id).orElseThrow();
    if (count > MOST_LABELS) {
      throw HttpRefusal.badRequest(
          "labels: there would be %d of them, at most %d".formatted(count, MOST_LABELS));
    }
  }
}
