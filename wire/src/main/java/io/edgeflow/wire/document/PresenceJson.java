package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;

final class PresenceJson {
  private PresenceJson() {}

  static byte[] write(Presence presence) {
    return Json.bytes(
        Json.object()
            .put("edge", presence.edge())
            .put("connection", presence.connection())
            .put("online", presence.online())
            .put("sinceMicros", presence.sinceMicros()));
  }

  static Parsed<Presence> read(byte[] bytes) {
    return Json.parse(bytes, PresenceJson::presence);
  }

  private static Presence presence(JsonNode node) {
    return new Presence(
        Names.edge(node),
        Json.text(node, "connection"),
        Json.flag(node, "online"),
        Json.number(node, "sinceMicros"));
  }
}
