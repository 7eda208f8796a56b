package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class DesiredJson {
  private static final int SCHEMA = 1;

  /** A hundred years. */
  private static final long MAX_SECONDS = 100L * 366 * 86_400;

  private DesiredJson() {}

  static String write(Desired desired) {
    ObjectNode node =
        Json.object()
            .put("schema", SCHEMA)
            .put("audience", desired.audience())
            .put("edge", desired.edge())
            .put("number", desired.number())
            .put("issued", desired.issuedMillis())
            .put("keys", desired.keys());
    ArrayNode slots = node.putArray("slots");
    desired.slots().forEach(slot -> write(slot, slots.addObject()));
    Json.putTexts(node, "disabled", desired.disabled());
    Json.putTexts(node, "forgiven", desired.forgiven());
    Json.putTexts(node, "denied", desired.denied());
    ObjectNode floors = node.putObject("floors");
    desired.floors().forEach(floors::put);
    desired
        .mandate()
        .ifPresent(
            mandate ->
                node.putObject("mandate")
                    .put("rollout", mandate.rollout())
                    .put("digest", mandate.digest()));
    return new String(Json.bytes(node), StandardCharsets.UTF_8);
  }

  private static void write(DesiredSlot slot, ObjectNode into) {
    into.put("kind", Words.word(slot.kind()))
        .put("slot", slot.slot())
        .put("model", slot.model())
        .put("version", slot.version())
        .put("digest", slot.digest())
        .put("rollout", slot.rollout())
        .put("shadow", slot.shadow().toSeconds())
        .put("soak", slot.soak().toSeconds());
  }

  static Parsed<Desired> read(byte[] bytes) {
    if (bytes.length > Desired.MAX_SIGNED_BYTES) {
      return new Parsed.Refused<>("longer than " + Desired.MAX_SIGNED_BYTES + " bytes");
    }
    return Json.parse(bytes, DesiredJson::desired);
  }

  private static Desired desired(JsonNode node) {
    if (Json.smallNumber(node, "schema") != SCHEMA) {
      throw new IllegalArgumentException("schema is of a version that is not known here");
    }
    List<DesiredSlot> slots = new ArrayList<>();
    for (JsonNode slot : Json.list(node, "slots", Desired.MAX_ENTRIES)) {
      slots.add(slot(slot));
    }
    return new Desired(
        Json.text(node, "audience"),
        Names.edge(node),
        Json.number(node, "number"),
        Json.number(node, "issued"),
        Json.smallNumber(node, "keys"),
        slots,
        Json.textList(node, "disabled", Desired.MAX_ENTRIES),
        Json.textList(node, "forgiven", Desired.MAX_ENTRIES),
        Json.textList(node, "denied", Desired.MAX_ENTRIES),
        numbers(node, "floors", Desired.MAX_ENTRIES),
        mandate(node.path("mandate")));
  }

  private static DesiredSlot slot(JsonNode node) {
    return new DesiredSlot(
        DeploymentJson.kind(node),
        Json.text(node, "slot"),
        Json.textOr(node, "model", ""),
        Json.textOr(node, "version", ""),
        Json.text(node, "digest"),
        Json.textOr(node, "rollout", ""),
        seconds(node, "shadow"),
        seconds(node, "soak"));
  }

  static Duration seconds(JsonNode node, String field) {
    long seconds = Json.number(node, field);
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(field + " is out of range");
    }
    return Duration.ofSeconds(seconds);
  }

  static Map<String, Long> numbers(JsonNode node, String field, int most) {
    JsonNode value = node.path(field);
    if (value.size() > most || (!value.isMissingNode() && !value.isObject())) {
      throw new IllegalArgumentException(field + " is not an object of few numbers");
    }
    Map<String, Long> numbers = new TreeMap<>();
    value.fieldNames().forEachRemaining(name -> numbers.put(name, Json.number(value, name)));
    return numbers;
  }

  private static Optional<Desired.MandateName> mandate(JsonNode node) {
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Desired.MandateName(Json.text(node, "rollout"), Json.text(node, "digest")));
  }
}
