package io.edgeflow.cloud.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares answers with schemas: types, words, what must be there and what may be. */
final class Conformance {
  private final JsonNode openapi;

  Conformance(JsonNode openapi) {
    this.openapi = openapi;
  }

  List<String> faults(String where, JsonNode value, JsonNode schema) {
    if (schema.has("$ref")) {
      return faults(where, value, openapi.at(schema.get("$ref").asText().substring(1)));
    }
    if (schema.has("oneOf")) {
      for (JsonNode one : schema.get("oneOf")) {
        if (faults(where, value, one).isEmpty()) {
          return List.of();
        }
      }
      return List.of(where + " is of no form: " + value);
    }
    List<String> faults = new ArrayList<>();
    if (!types(schema).isEmpty() && !types(schema).contains(type(value))) {
      return List.of(where + " should be " + types(schema) + ": " + value);
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      faults.add(where + " is none of " + schema.get("enum") + ": " + value);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        faults.addAll(faults(where + "/" + i, value.get(i), schema.get("items")));
      }
    }
    if (value.isObject()) {
      object(where, value, schema, faults);
    }
    return faults;
  }

  private void object(String where, JsonNode value, JsonNode schema, List<String> faults) {
    List<JsonNode> parts = new ArrayList<>();
    collect(schema, parts);
    for (JsonNode part : parts) {
      for (JsonNode name : part.path("required")) {
        if (!value.has(name.asText())) {
          faults.add(where + " has no " + name.asText());
        }
      }
    }
    boolean closed = parts.stream().anyMatch(part -> part.has("properties"));
    for (var field : value.properties()) {
      String at = where + "/" + field.getKey();
      JsonNode declared = declared(parts, field.getKey());
      if (declared != null) {
        faults.addAll(faults(at, field.getValue(), declared));
      } else if (closed) {
        faults.add(at + " is not documented");
      }
    }
  }

  private void collect(JsonNode schema, List<JsonNode> parts) {
    if (schema.has("$ref")) {
      collect(openapi.at(schema.get("$ref").asText().substring(1)), parts);
      return;
    }
    parts.add(schema);
    schema.path("allOf").forEach(part -> collect(part, parts));
  }

  private static @org.jspecify.annotations.Nullable JsonNode declared(
      List<JsonNode> parts, String name) {
    for (JsonNode part : parts) {
      if (part.path("properties").has(name)) {
        return part.get("properties").get(name);
      }
      if (part.has("additionalProperties")) {
        return part.get("additionalProperties");
      }
    }
    return null;
  }

  private static Set<String> types(JsonNode schema) {
    var types = new TreeSet<String>();
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      types.add(type.asText());
    }
    type.forEach(one -> types.add(one.asText()));
    if (types.contains("number")) {
      types.add("integer");
    }
    return types;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case OBJECT -> "object";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode one : list) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
