package io.edgeflow.cloud.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.query.Moments;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.settings.Nearest;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What somebody sent: a JSON object that names who wants it, and why. Faults are answered 400. */
final class Said {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;

  private final JsonNode tree;

  private Said(JsonNode tree) {
    this.tree = tree;
  }

  /**
   * @param keys beside {@code who} and {@code why}
   */
  static Said read(byte[] body, String... keys) {
    List<String> known = new ArrayList<>(List.of(keys));
    known.addAll(List.of("who", "why"));
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (IOException broken) {
      throw HttpRefusal.badRequest("the body must be JSON");
    }
    if (tree == null || !tree.isObject()) {
      throw HttpRefusal.badRequest("the body must be an object of " + String.join(", ", known));
    }
    tree.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                String near = Nearest.to(name, known).orElse(String.join(", ", known));
                throw HttpRefusal.badRequest(name + " is not known; did you mean " + near + "?");
              }
            });
    return new Said(tree);
  }

  String who() {
    return text("who", 1, LONGEST_WHO);
  }

  String why() {
    return text("why", 1, LONGEST_WHY);
  }

  boolean has(String key) {
    return tree.has(key);
  }

  JsonNode node(String key) {
    return tree.path(key);
  }

  /** A text without control characters, stripped. */
  String text(String key, int least, int most) {
    return text(key, tree.path(key), least, most);
  }

  static String text(String key, JsonNode node, int least, int most) {
    String text = node.isTextual() ? node.asText().strip() : "";
    if (!node.isTextual()
        || text.length() < least
        || text.length() > most
        || text.chars().anyMatch(Character::isISOControl)) {
      throw HttpRefusal.badRequest(
          "%s must be a text of %d to %d characters".formatted(key, least, most));
    }
    return text;
  }

  /** ISO-8601 or milliseconds since the epoch. */
  Instant moment(String key, Instant now) {
    JsonNode node = tree.path(key);
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw HttpRefusal.badRequest(
          key + " must be a time: 2026-01-31T06:00:00Z or epoch milliseconds");
    }
    long micros = Moments.parse(key, node.asText(), now, ZoneOffset.UTC);
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }
}
