package io.edgeflow.gateway.setpoints;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * What a client wants set: a bare number or truth, or {@code {"value": 12.5, "id": "a1", "expires":
 * "2026-11-22T12:00:00Z"}}.
 *
 * @param value truths are 1 and 0
 * @param truth whether it was said as true or false
 * @param id comes back with the answer; empty if the client gave none
 * @param expires the last moment at which it may be written
 */
record SetRequest(double value, boolean truth, String id, Optional<Instant> expires) {
  private static final int MOST_BYTES = 1_024;
  private static final int LONGEST_ID = 64;
  private static final int DEPTH = 4;
  private static final Set<String> KEYS = Set.of("value", "id", "expires");

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                  .build())
          // "60 000" is not 60.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  static SetRequest of(byte[] payload) {
    if (payload.length > MOST_BYTES) {
      throw new IllegalArgumentException("must be at most 1024 bytes");
    }
    JsonNode said = tree(payload);
    if (!said.isObject()) {
      return new SetRequest(value(said), said.isBoolean(), "", Optional.empty());
    }
    said.fieldNames().forEachRemaining(SetRequest::known);
    JsonNode value = said.path("value");
    return new SetRequest(
        value(value), value.isBoolean(), id(said.path("id")), expires(said.path("expires")));
  }

  /** By which whoever asked knows the answer again; empty where there is none to be read. */
  static String idOf(byte[] payload) {
    try {
      return payload.length > MOST_BYTES ? "" : id(tree(payload).path("id"));
    } catch (IllegalArgumentException unreadable) {
      return "";
    }
  }

  /** A misspelt expires must not make a command that never lapses. */
  private static void known(String key) {
    if (!KEYS.contains(key)) {
      throw new IllegalArgumentException("may hold value, id and expires, and nothing else");
    }
  }

  private static String id(JsonNode said) {
    if (said.isMissingNode() || said.isNull()) {
      return "";
    }
    if (!said.isValueNode() || said.asText().length() > LONGEST_ID) {
      throw new IllegalArgumentException("id must be a text of at most 64 characters");
    }
    return said.asText();
  }

  private static JsonNode tree(byte[] payload) {
    try {
      return JSON.readTree(new String(payload, StandardCharsets.UTF_8));
    } catch (JsonProcessingException garbage) {
      throw new IllegalArgumentException(
          "must be a number, true or false, or {\"value\": …, \"id\": …}", garbage);
    }
  }

  private static double value(JsonNode said) {
    if (said.isBoolean()) {
      return said.asBoolean() ? 1 : 0;
    }
    double value = said.asDouble(Double.NaN);
    if (!said.isNumber() || !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "must be a number, true or false, or {\"value\": …, \"id\": …}");
    }
    return value;
  }

  private static Optional<Instant> expires(JsonNode said) {
    if (said.isMissingNode() || said.isNull()) {
      return Optional.empty();
    }
    try {
      if (!said.isNumber()) {
        return Optional.of(Instant.parse(said.asText()));
      } else if (said.canConvertToLong()) {
        return Optional.of(Instant.ofEpochMilli(said.asLong()));
      }
    } catch (DateTimeParseException garbage) {
      // Answered below, like a number that is too large.
    }
    throw new IllegalArgumentException(
        "expires must be an instant such as 2026-11-22T12:00:00Z, or milliseconds");
  }
}
