package io.edgeflow.wire.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the three documents share: bounded reading, typed fields, one way to refuse. */
final class Json {
  /** Far above what we write, and small enough to build a tree of. */
  static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_STRING = 16 * 1024;
  private static final int MAX_LABELS = 256;
  private static final ObjectMapper MAPPER = new ObjectMapper(boundedFactory());
  private static final ObjectReader READER =
      MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private Json() {}

  /** Turns bytes into a document; whatever is wrong with them becomes a refusal. */
  static <T> Parsed<T> parse(byte[] bytes, Function<JsonNode, T> read) {
    return parse(bytes, MAX_BYTES, read);
  }

  /** As the other, with a bound of its own, bytes. */
  static <T> Parsed<T> parse(byte[] bytes, int most, Function<JsonNode, T> read) {
    if (bytes.length > most) {
      return new Parsed.Refused<>("longer than " + most + " bytes");
    }
    try {
      JsonNode tree = READER.readTree(bytes);
      if (tree == null || !tree.isObject()) {
        return new Parsed.Refused<>("not a JSON object");
      }
      return new Parsed.Ok<>(read.apply(tree));
    } catch (JsonProcessingException e) {
      return new Parsed.Refused<>("not JSON: " + e.getClass().getSimpleName());
    } catch (IOException e) {
      return new Parsed.Refused<>("unreadable: " + e.getClass().getSimpleName());
    } catch (IllegalArgumentException e) {
      return new Parsed.Refused<>(String.valueOf(e.getMessage()));
    }
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + " is not a text");
    }
    return value.textValue();
  }

  static String textOr(JsonNode node, String field, String otherwise) {
    return node.path(field).isMissingNode() ? otherwise : text(node, field);
  }

  static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(field + " is not a whole number");
    }
    return value.longValue();
  }

  static int smallNumber(JsonNode node, String field) {
    long value = number(node, field);
    if (value != (int) value) {
      throw new IllegalArgumentException(field + " is out of range");
    }
    return (int) value;
  }

  static boolean flag(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(field + " is neither true nor false");
    }
    return value.booleanValue();
  }

  /** The elements of a list; an absent list is empty. */
  static JsonNode list(JsonNode node, String field, int most) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isArray()) {
      throw new IllegalArgumentException(field + " is not a list");
    }
    if (value.size() > most) {
      throw new IllegalArgumentException(field + " has more than " + most + " elements");
    }
    return value;
  }

  static Map<String, String> texts(JsonNode node, String field) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode value = node.path(field);
    if (value.size() > MAX_LABELS || (!value.isMissingNode() && !value.isObject())) {
      throw new IllegalArgumentException(field + " is not an object of few texts");
    }
    value.fieldNames().forEachRemaining(name -> texts.put(name, text(value, name)));
    return texts;
  }

  static List<String> textList(JsonNode node, String field, int most) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list(node, field, most)) {
      if (!value.isTextual()) {
        throw new IllegalArgumentException(field + " holds something that is not a text");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  static void putTexts(ObjectNode node, String field, List<String> texts) {
    ArrayNode array = node.putArray(field);
    texts.forEach(array::add);
  }

  private static JsonFactory boundedFactory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_STRING)
                .maxNameLength(MAX_STRING)
                .maxNumberLength(40)
                .build())
        .build();
  }
}
