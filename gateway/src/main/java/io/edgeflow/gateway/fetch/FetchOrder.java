package io.edgeflow.gateway.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeflow.gateway.recorder.FetchRequest;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.Nearest;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The body of {@code POST /api/v1/fetch}:
 *
 * <pre>{@code
 * {"series":["pump-7/*"],"from":"2026-01-31T06:00:00Z","to":"now","limit":1000000,"again":false}
 * }</pre>
 *
 * {@code to} is now where it is absent.
 */
final class FetchOrder {
  static final long DEFAULT_LIMIT = 10_000_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> KEYS = List.of("series", "from", "to", "limit", "again");

  private FetchOrder() {}

  static String write(List<String> series, String from, String to, long limit, boolean again) {
    ObjectNode body = MAPPER.createObjectNode();
    series.forEach(body.putArray("series")::add);
    body.put("from", from).put("to", to).put("limit", limit).put("again", again);
    return body.toString();
  }

  /**
   * @throws IllegalArgumentException naming the key and the rule that it breaks
   */
  static FetchRequest read(byte[] body, long nowMicros, ZoneId zone) {
    JsonNode tree = tree(body);
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        String near = Nearest.to(name, KEYS).orElse(String.join(", ", KEYS));
        throw new IllegalArgumentException(name + " is not known; did you mean " + near + "?");
      }
    }
    if (!tree.has("from")) {
      throw new IllegalArgumentException("from is required: it " + Moments.RULE);
    }
    return new FetchRequest(
        series(tree.path("series")),
        moment("from", tree.path("from").asText(), nowMicros, zone),
        moment("to", tree.path("to").asText("now"), nowMicros, zone),
        limit(tree.path("limit")),
        again(tree.path("again")));
  }

  private static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(body);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("the body is no JSON", malformed);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    throw new IllegalArgumentException("the body must be a JSON object");
  }

  private static List<Glob> series(JsonNode node) {
    List<Glob> patterns = new ArrayList<>();
    if (node.isTextual()) {
      patterns.add(pattern(node));
    }
    for (JsonNode one : node) {
      patterns.add(pattern(one));
    }
    return patterns;
  }

  private static Glob pattern(JsonNode node) {
    try {
      return Glob.parse(node.asText());
    } catch (IllegalArgumentException blank) {
      throw new IllegalArgumentException("series " + blank.getMessage(), blank);
    }
  }

  private static long moment(String key, String text, long nowMicros, ZoneId zone) {
    try {
      return Moments.parse(text, nowMicros, zone);
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException(key + " = " + text + ": " + broken.getMessage(), broken);
    }
  }

  private static long limit(JsonNode node) {
    if (node.isMissingNode()) {
      return DEFAULT_LIMIT;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException("limit must be a whole number");
    }
    return node.asLong();
  }

  private static boolean again(JsonNode node) {
    if (!node.isMissingNode() && !node.isBoolean()) {
      throw new IllegalArgumentException("again must be true or false");
    }
    return node.asBoolean();
  }
}
