package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

final class HelloJson {
  private static final int MAX_INCARNATIONS = 4096;
  private static final int MAX_LANES = 8;
  private static final int MAX_RANGES = 16_384;
  private static final int MAX_VERSIONS = 64;

  private HelloJson() {}

  static byte[] write(Hello hello) {
    ObjectNode node =
        Json.object()
            .put("edge", hello.edge())
            .put("connection", hello.connection())
            .put("site", hello.site());
    ObjectNode labels = node.putObject("labels");
    hello.labels().forEach(labels::put);
    node.put("timezone", hello.timezone()).put("software", hello.software());
    ArrayNode versions = node.putArray("frameVersions");
    hello.frameVersions().forEach(versions::add);
    node.put("page", hello.page()).put("pages", hello.pages());
    ArrayNode incarnations = node.putArray("incarnations");
    hello.incarnations().forEach(held -> write(held, incarnations.addObject()));
    return Json.bytes(node);
  }

  private static void write(HeldIncarnation held, ObjectNode into) {
    into.put("id", held.id().toString());
    if (held.parent() != null) {
      into.put("parent", held.parent().toString());
    }
    ArrayNode lanes = into.putArray("lanes");
    for (HeldLane lane : held.lanes()) {
      ObjectNode node =
          lanes
              .addObject()
              .put("lane", lane.lane().word())
              .put("highest", lane.highest())
              .put("runningTotal", lane.runningTotal());
      ArrayNode fates = node.putArray("fates");
      lane.fates().forEach(range -> write(range, fates.addObject()));
    }
  }

  private static void write(FateRange range, ObjectNode into) {
    into.put("from", range.from())
        .put("to", range.to())
        .put("fate", Words.word(range.fate()))
        .put("readings", range.readings());
  }

  static Parsed<Hello> read(byte[] bytes) {
    return Json.parse(bytes, HelloJson::hello);
  }

  private static Hello hello(JsonNode node) {
    return new Hello(
        Names.edge(node),
        Json.text(node, "connection"),
        Json.textOr(node, "site", "default"),
        Json.texts(node, "labels"),
        Json.textOr(node, "timezone", "UTC"),
        Json.textOr(node, "software", ""),
        versions(node),
        Json.smallNumber(node, "page"),
        Json.smallNumber(node, "pages"),
        incarnations(node));
  }

  private static List<Integer> versions(JsonNode node) {
    List<Integer> versions = new ArrayList<>();
    for (JsonNode version : Json.list(node, "frameVersions", MAX_VERSIONS)) {
      if (!version.isInt()) {
        throw new IllegalArgumentException("a frame version is not a whole number");
      }
      versions.add(version.intValue());
    }
    return versions;
  }

  private static List<HeldIncarnation> incarnations(JsonNode node) {
    List<HeldIncarnation> incarnations = new ArrayList<>();
    for (JsonNode held : Json.list(node, "incarnations", MAX_INCARNATIONS)) {
      List<HeldLane> lanes = new ArrayList<>();
      for (JsonNode lane : Json.list(held, "lanes", MAX_LANES)) {
        lanes.add(lane(lane));
      }
      incarnations.add(
          new HeldIncarnation(
              Words.incarnation(held, "id"),
              held.hasNonNull("parent") ? Words.incarnation(held, "parent") : null,
              lanes));
    }
    return incarnations;
  }

  private static HeldLane lane(JsonNode lane) {
    List<FateRange> fates = new ArrayList<>();
    for (JsonNode range : Json.list(lane, "fates", MAX_RANGES)) {
      fates.add(
          new FateRange(
              Json.number(range, "from"),
              Json.number(range, "to"),
              Words.fate(range),
              Json.number(range, "readings")));
    }
    return new HeldLane(
        Words.lane(lane), Json.number(lane, "highest"), Json.number(lane, "runningTotal"), fates);
  }
}
