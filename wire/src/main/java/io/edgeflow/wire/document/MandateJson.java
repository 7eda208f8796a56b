package io.edgeflow.wire.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class MandateJson {
  private static final int SCHEMA = 1;
  private static final int MAX_WAVES = 64;
  private static final int MAX_MEMBERS = 1_000;

  private MandateJson() {}

  static String write(Mandate mandate) {
    ObjectNode node =
        Json.object()
            .put("schema", SCHEMA)
            .put("audience", mandate.audience())
            .put("edge", mandate.edge())
            .put("rollout", mandate.rollout())
            .put("issued", mandate.issuedMillis())
            .put("lasts", mandate.lasts().toSeconds())
            .put("failuresAllowed", mandate.failuresAllowed())
            .put("patience", mandate.patience().toSeconds());
    ArrayNode waves = node.putArray("waves");
    for (Mandate.Wave wave : mandate.waves()) {
      ArrayNode members = waves.addArray();
      wave.members()
          .forEach(
              member ->
                  members
                      .addObject()
                      .put("edge", member.edge())
                      .put("forward", member.forward())
                      .put("back", member.back()));
    }
    return new String(Json.bytes(node), StandardCharsets.UTF_8);
  }

  static Parsed<Mandate> read(byte[] bytes) {
    if (bytes.length > Mandate.MAX_SIGNED_BYTES) {
      return new Parsed.Refused<>("longer than " + Mandate.MAX_SIGNED_BYTES + " bytes");
    }
    return Json.parse(bytes, Mandate.MAX_SIGNED_BYTES, MandateJson::mandate);
  }

  private static Mandate mandate(JsonNode node) {
    if (Json.smallNumber(node, "schema") != SCHEMA) {
      throw new IllegalArgumentException("schema is of a version that is not known here");
    }
    List<Mandate.Wave> waves = new ArrayList<>();
    for (JsonNode wave : Json.list(node, "waves", MAX_WAVES)) {
      waves.add(wave(wave));
    }
    return new Mandate(
        Json.text(node, "audience"),
        Names.edge(node),
        Json.text(node, "rollout"),
        Json.number(node, "issued"),
        DesiredJson.seconds(node, "lasts"),
        waves,
        Json.smallNumber(node, "failuresAllowed"),
        DesiredJson.seconds(node, "patience"));
  }

  private static Mandate.Wave wave(JsonNode wave) {
    if (!wave.isArray() || wave.size() > MAX_MEMBERS) {
      throw new IllegalArgumentException("a wave is not a list of few edges");
    }
    List<Mandate.Member> members = new ArrayList<>();
    for (JsonNode member : wave) {
      String edge = Names.edge(member);
      members.add(
          new Mandate.Member(edge, Json.text(member, "forward"), Json.text(member, "back")));
    }
    return new Mandate.Wave(members);
  }
}
