package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.wire.topic.Topics;

final class Names {
  private Names() {}

  static String edge(JsonNode node) {
    String name = Json.text(node, "edge");
    if (!Topics.isEdgeName(name)) {
      throw new IllegalArgumentException("edge is not the name of an edge");
    }
    return name;
  }
}
