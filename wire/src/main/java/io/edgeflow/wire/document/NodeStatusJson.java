package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeflow.wire.topic.NodeTopics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

final class NodeStatusJson {
  private static final Pattern SLOT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}|");

  private NodeStatusJson() {}

  static byte[] write(NodeStatus status) {
    ObjectNode node =
        Json.object()
            .put("node", status.node())
            .put("online", status.online())
            .put("software", status.software())
            .put("behindMillis", status.behindMillis());
    ArrayNode slots = node.putArray("slots");
    status.slots().forEach(slot -> ReportedJson.write(slot, slots.addObject()));
    return Json.bytes(node);
  }

  static Parsed<NodeStatus> read(byte[] bytes) {
    if (bytes.length > NodeStatus.MOST_BYTES) {
      return new Parsed.Refused<>("longer than " + NodeStatus.MOST_BYTES + " bytes");
    }
    return Json.parse(bytes, NodeStatusJson::status);
  }

  private static NodeStatus status(JsonNode node) {
    String name = Json.text(node, "node");
    if (!NodeTopics.isNodeName(name)) {
      throw new IllegalArgumentException("node is not the name of a node");
    }
    List<ReportedModel> slots = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode one : Json.list(node, "slots", NodeStatus.MOST_SLOTS)) {
      ReportedModel slot = slot(one, name);
      if (!names.add(slot.slot())) {
        throw new IllegalArgumentException("two slots of one name");
      }
      slots.add(slot);
    }
    return new NodeStatus(
        name,
        Json.flag(node, "online"),
        ReportedJson.shortText(node, "software"),
        Math.max(0, Json.number(node, "behindMillis")),
        slots);
  }

  private static ReportedModel slot(JsonNode node, String name) {
    ReportedModel slot = ReportedJson.model(node);
    if (!slot.node().equals(name)) {
      throw new IllegalArgumentException("a slot of another node");
    }
    if (!SLOT.matcher(slot.slot()).matches()) {
      throw new IllegalArgumentException("slot is not the name of a slot");
    }
    if (!DIGEST.matcher(slot.digest()).matches()) {
      throw new IllegalArgumentException("digest is none");
    }
    return slot;
  }
}
