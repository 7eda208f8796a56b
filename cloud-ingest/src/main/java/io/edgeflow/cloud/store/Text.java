package io.edgeflow.cloud.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Texts of edges in forms that PostgreSQL takes. */
final class Text {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final char REPLACEMENT = '\uFFFD';

  private Text() {}

  /** PostgreSQL has no NUL character; one in a text is no reason to refuse a frame of readings. */
  static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', REPLACEMENT);
  }

  /** A JSON object of texts. */
  static String json(Map<String, String> map) {
    if (map.isEmpty()) {
      return "{}";
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    map.forEach((key, value) -> object.put(storable(key), storable(value)));
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
