package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.Locale;
import java.util.Optional;

/** How the terms of frames and fates are written in documents. */
final class Words {
  private Words() {}

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static Fate fate(JsonNode node) {
    String word = Json.text(node, "fate");
    for (Fate fate : Fate.values()) {
      if (word(fate).equals(word)) {
        return fate;
      }
    }
    throw new IllegalArgumentException("a fate of an unknown word");
  }

  static Optional<Verdict> verdict(JsonNode node) {
    String word = Json.text(node, "verdict");
    for (Verdict verdict : Verdict.values()) {
      if (word(verdict).equals(word)) {
        return Optional.of(verdict);
      }
    }
    return Optional.empty();
  }

  static Lane lane(JsonNode node) {
    return Lane.ofWord(Json.text(node, "lane"))
        .orElseThrow(() -> new IllegalArgumentException("a lane of an unknown word"));
  }

  static Incarnation incarnation(JsonNode node, String field) {
    return Incarnation.parse(Json.text(node, field));
  }
}
