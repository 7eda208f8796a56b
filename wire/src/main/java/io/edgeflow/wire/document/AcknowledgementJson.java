package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

final class AcknowledgementJson {
  /** Bounds what a document of the greatest length could make us build. */
  private static final int MAX_INCARNATIONS = 4096;

  private static final int MAX_LANES = 8;
  private static final int MAX_RANGES = 65_536;

  private AcknowledgementJson() {}

  static byte[] write(Acknowledgement ack) {
    ObjectNode node =
        Json.object()
            .put("full", ack.full())
            .put("database", ack.database())
            .put("cloudMicros", ack.cloudMicros())
            .put("creditBytes", ack.creditBytes())
            .put("frameVersion", ack.frameVersion());
    ArrayNode incarnations = node.putArray("incarnations");
    for (IncarnationVerdicts incarnation : ack.incarnations()) {
      ObjectNode into = incarnations.addObject().put("id", incarnation.id().toString());
      ArrayNode lanes = into.putArray("lanes");
      incarnation.lanes().forEach(lane -> write(lane, lanes.addObject()));
    }
    return Json.bytes(node);
  }

  private static void write(LaneVerdicts lane, ObjectNode into) {
    into.put("lane", lane.lane().word());
    ArrayNode ranges = into.putArray("ranges");
    for (VerdictRange range : lane.ranges()) {
      ObjectNode node =
          ranges
              .addObject()
              .put("from", range.from())
              .put("to", range.to())
              .put("verdict", Words.word(range.verdict()));
      if (!range.reason().isEmpty()) {
        node.put("reason", range.reason());
      }
      range.content().ifPresent(content -> node.put("content", content));
    }
  }

  static Parsed<Acknowledgement> read(byte[] bytes) {
    return Json.parse(bytes, AcknowledgementJson::acknowledgement);
  }

  private static Acknowledgement acknowledgement(JsonNode node) {
    List<IncarnationVerdicts> incarnations = new ArrayList<>();
    for (JsonNode incarnation : Json.list(node, "incarnations", MAX_INCARNATIONS)) {
      incarnations.add(
          new IncarnationVerdicts(Words.incarnation(incarnation, "id"), lanes(incarnation)));
    }
    return new Acknowledgement(
        Json.flag(node, "full"),
        Json.text(node, "database"),
        Json.number(node, "cloudMicros"),
        Json.number(node, "creditBytes"),
        Json.smallNumber(node, "frameVersion"),
        incarnations);
  }

  private static List<LaneVerdicts> lanes(JsonNode incarnation) {
    List<LaneVerdicts> lanes = new ArrayList<>();
    for (JsonNode lane : Json.list(incarnation, "lanes", MAX_LANES)) {
      List<VerdictRange> ranges = new ArrayList<>();
      for (JsonNode range : Json.list(lane, "ranges", MAX_RANGES)) {
        Words.verdict(range).map(verdict -> range(range, verdict)).ifPresent(ranges::add);
      }
      lanes.add(new LaneVerdicts(Words.lane(lane), ranges));
    }
    return lanes;
  }

  private static VerdictRange range(JsonNode node, Verdict verdict) {
    return new VerdictRange(
        Json.number(node, "from"),
        Json.number(node, "to"),
        verdict,
        Json.textOr(node, "reason", ""),
        node.has("content")
            ? OptionalInt.of(Json.smallNumber(node, "content"))
            : OptionalInt.empty());
  }
}
