package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeflow.wire.frame.ShortText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ReportedJson {
  private ReportedJson() {}

  static byte[] write(Reported reported) {
    ObjectNode node =
        Json.object()
            .put("edge", reported.edge())
            .put("version", reported.version())
            .put("timeMicros", reported.timeMicros())
            .put("software", cut(reported.software()));
    ArrayNode models = node.putArray("models");
    reported.models().forEach(model -> write(model, models.addObject()));
    node.put("omitted", reported.omitted());
    reported.deployment().ifPresent(d -> DeploymentJson.write(d, node.putObject("deploy")));
    reported.health().ifPresent(h -> EdgeHealthJson.write(h, node.putObject("health")));
    return Json.bytes(node);
  }

  static void write(ReportedModel model, ObjectNode into) {
    into.put("slot", cut(model.slot()))
        .put("node", cut(model.node()))
        .put("name", cut(model.name()))
        .put("version", cut(model.version()))
        .put("digest", cut(model.digest()))
        .put("provider", cut(model.provider()))
        .put("state", cut(model.state()))
        .put("detail", cut(model.detail()))
        .put("shadow", cut(model.shadow()))
        .put("scored", model.scored())
        .put("errors", model.errors())
        .put("dropped", model.dropped())
        .put("p50Micros", model.p50Micros())
        .put("p99Micros", model.p99Micros());
  }

  static Parsed<Reported> read(byte[] bytes) {
    if (bytes.length > Reported.MAX_BYTES) {
      return new Parsed.Refused<>("longer than " + Reported.MAX_BYTES + " bytes");
    }
    return Json.parse(bytes, ReportedJson::reported);
  }

  private static Reported reported(JsonNode node) {
    List<ReportedModel> models = new ArrayList<>();
    for (JsonNode model : Json.list(node, "models", Reported.MAX_MODELS)) {
      models.add(model(model));
    }
    return new Reported(
        Names.edge(node),
        Json.smallNumber(node, "version"),
        Json.number(node, "timeMicros"),
        shortText(node, "software"),
        models,
        node.path("omitted").isMissingNode() ? 0 : Json.smallNumber(node, "omitted"),
        node.path("deploy").isObject()
            ? Optional.of(DeploymentJson.deployment(node.path("deploy")))
            : Optional.empty(),
        node.path("health").isObject()
            ? Optional.of(EdgeHealthJson.read(node.path("health")))
            : Optional.empty());
  }

  static ReportedModel model(JsonNode model) {
    return new ReportedModel(
        shortText(model, "slot"),
        shortText(model, "node"),
        shortText(model, "name"),
        shortText(model, "version"),
        shortText(model, "digest"),
        shortText(model, "provider"),
        shortText(model, "state"),
        shortText(model, "detail"),
        shortText(model, "shadow"),
        count(model, "scored"),
        count(model, "errors"),
        count(model, "dropped"),
        time(model, "p50Micros"),
        time(model, "p99Micros"));
  }

  static String shortText(JsonNode node, String field) {
    String text = Json.textOr(node, field, "");
    if (text.length() > Reported.MAX_TEXT) {
      throw new IllegalArgumentException(
          field + " has more than " + Reported.MAX_TEXT + " characters");
    }
    return clean(text);
  }

  static long count(JsonNode node, String field) {
    return node.path(field).isMissingNode() ? 0 : Json.number(node, field);
  }

  static double time(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isNumber()) {
      throw new IllegalArgumentException(field + " is not a number");
    }
    return value.doubleValue();
  }

  /** Without half a character at the end. */
  static String cut(String text) {
    return cut(text, Reported.MAX_TEXT);
  }

  static String cut(String text, int most) {
    return ShortText.cut(clean(text), most);
  }

  /** Without NUL and halves of characters, which neither JSON nor databases can hold. */
  private static String clean(String text) {
    byte[] whole = text.replace('\0', ' ').getBytes(StandardCharsets.UTF_8);
    return new String(whole, StandardCharsets.UTF_8);
  }
}
