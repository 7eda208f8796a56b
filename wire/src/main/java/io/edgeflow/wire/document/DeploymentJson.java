package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

final class DeploymentJson {
  private DeploymentJson() {}

  static void write(Deployment deployment, ObjectNode into) {
    into.put("start", deployment.start())
        .put("number", deployment.number())
        .put("desired", deployment.desired())
        .put("keys", deployment.keys())
        .put("refusal", ReportedJson.cut(deployment.refusal()));
    ArrayNode slots = into.putArray("slots");
    deployment.slots().forEach(slot -> write(slot, slots.addObject()));
    Json.putTexts(into, "denied", deployment.denied());
    ObjectNode floors = into.putObject("floors");
    deployment.floors().forEach(floors::put);
    Json.putTexts(into, "pinned", deployment.pinned());
  }

  private static void write(DeployedSlot slot, ObjectNode into) {
    into.put("kind", Words.word(slot.kind()))
        .put("slot", slot.slot())
        .put("model", slot.model())
        .put("version", slot.version())
        .put("digest", slot.digest())
        .put("rollout", slot.rollout())
        .put("state", slot.state().word())
        .put("proven", slot.proven())
        .put("detail", ReportedJson.cut(slot.detail(), Deployment.MAX_DETAIL))
        .put("previous", slot.previous())
        .put("since", slot.sinceMillis())
        .put("done", slot.doneBytes())
        .put("total", slot.totalBytes());
    write(slot.evidence(), into.putObject("evidence"));
  }

  private static void write(Evidence evidence, ObjectNode into) {
    into.put("seconds", evidence.seconds())
        .put("rows", evidence.rows())
        .put("errors", evidence.errors())
        .put("nans", evidence.nans())
        .put("p99Micros", evidence.p99Micros())
        .put("beforeP99Micros", evidence.beforeP99Micros())
        .put("memoryBytes", evidence.memoryBytes())
        .put("alarms", evidence.alarms())
        .put("beforeRows", evidence.beforeRows())
        .put("beforeAlarms", evidence.beforeAlarms())
        .put("crashes", evidence.crashes());
  }

  static Deployment deployment(JsonNode node) {
    List<DeployedSlot> slots = new ArrayList<>();
    for (JsonNode slot : Json.list(node, "slots", Deployment.MAX_SLOTS)) {
      slots.add(slot(slot));
    }
    return new Deployment(
        ReportedJson.shortText(node, "start"),
        Json.number(node, "number"),
        Json.text(node, "desired"),
        Json.smallNumber(node, "keys"),
        ReportedJson.shortText(node, "refusal"),
        slots,
        Json.textList(node, "denied", Deployment.MAX_DENIED),
        DesiredJson.numbers(node, "floors", Deployment.MAX_FLOORS),
        Json.textList(node, "pinned", Deployment.MAX_SLOTS));
  }

  private static DeployedSlot slot(JsonNode node) {
    return new DeployedSlot(
        kind(node),
        ReportedJson.shortText(node, "slot"),
        ReportedJson.shortText(node, "model"),
        ReportedJson.shortText(node, "version"),
        Json.text(node, "digest"),
        ReportedJson.shortText(node, "rollout"),
        state(node),
        Json.flag(node, "proven"),
        ReportedJson.shortText(node, "detail"),
        Json.textOr(node, "previous", ""),
        Json.number(node, "since"),
        Json.number(node, "done"),
        Json.number(node, "total"),
        evidence(node.path("evidence")));
  }

  private static Evidence evidence(JsonNode node) {
    return new Evidence(
        Json.number(node, "seconds"),
        Json.number(node, "rows"),
        Json.number(node, "errors"),
        Json.number(node, "nans"),
        ReportedJson.time(node, "p99Micros"),
        ReportedJson.time(node, "beforeP99Micros"),
        Json.number(node, "memoryBytes"),
        Json.number(node, "alarms"),
        Json.number(node, "beforeRows"),
        Json.number(node, "beforeAlarms"),
        Json.number(node, "crashes"));
  }

  static PayloadKind kind(JsonNode node) {
    String word = Json.text(node, "kind");
    for (PayloadKind kind : PayloadKind.values()) {
      if (Words.word(kind).equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind is an unknown word");
  }

  private static DeployState state(JsonNode node) {
    String word = Json.text(node, "state");
    for (DeployState state : DeployState.values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("state is an unknown word");
  }
}
