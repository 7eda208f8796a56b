package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Writes and reads {@link EdgeHealth}; what a reader misses counts as nothing to tell. */
final class EdgeHealthJson {
  private EdgeHealthJson() {}

  static void write(EdgeHealth health, ObjectNode into) {
    counts(into.putObject("backlogBytes"), health.backlogBytes());
    health.oldestSeconds().ifPresent(seconds -> into.put("oldestSeconds", seconds));
    into.put("clockBelieved", health.clockBelieved());
    health.offsetSeconds().ifPresent(seconds -> into.put("offsetSeconds", seconds));
    into.put("journal", ReportedJson.cut(health.journal()))
        .put("usedBytes", health.usedBytes())
        .put("maxBytes", health.maxBytes())
        .put("promise", health.promise())
        .put("accepted", health.accepted());
    counts(into.putObject("rejected"), health.rejected());
    counts(into.putObject("refused"), health.refused());
    into.put("dropped", health.dropped())
        .put("residentBytes", health.residentBytes())
        .put("series", health.series());
  }

  static EdgeHealth read(JsonNode node) {
    return new EdgeHealth(
        counts(node, "backlogBytes"),
        seconds(node, "oldestSeconds"),
        Json.flag(node, "clockBelieved"),
        seconds(node, "offsetSeconds"),
        ReportedJson.shortText(node, "journal"),
        ReportedJson.count(node, "usedBytes"),
        ReportedJson.count(node, "maxBytes"),
        Json.flag(node, "promise"),
        ReportedJson.count(node, "accepted"),
        counts(node, "rejected"),
        counts(node, "refused"),
        ReportedJson.count(node, "dropped"),
        ReportedJson.count(node, "residentBytes"),
        ReportedJson.count(node, "series"));
  }

  private static void counts(ObjectNode into, Map<String, Long> counts) {
    counts.forEach(into::put);
  }

  private static Map<String, Long> counts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.size() > EdgeHealth.MAX_WORDS || !(value.isMissingNode() || value.isObject())) {
      throw new IllegalArgumentException(field + " is not an object of few counts");
    }
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      counts.put(ReportedJson.cut(entry.getKey(), 64), Json.number(value, entry.getKey()));
    }
    return counts;
  }

  private static OptionalDouble seconds(JsonNode node, String field) {
    double seconds = ReportedJson.time(node, field);
    if (!Double.isFinite(seconds)) {
      throw new IllegalArgumentException(field + " is out of range");
    }
    return node.path(field).isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(seconds);
  }
}
