package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The document of {@code /api/v1/ledger} as tables for a person. Pure. */
final class LedgerReport {
  private final JsonNode ledger;
  private final boolean detail;

  LedgerReport(JsonNode ledger, boolean detail) {
    this.ledger = ledger;
    this.detail = detail;
  }

  String text() {
    Map<String, List<JsonNode>> edges = new LinkedHashMap<>();
    for (JsonNode lane : ledger.path("lanes")) {
      edges.computeIfAbsent(lane.path("edge").asText(), _ -> new ArrayList<>()).add(lane);
    }
    StringBuilder text = new StringBuilder();
    edges.forEach(
        (edge, lanes) -> {
          text.append(new EdgeTable(edge, lanes, of(edge, "audit")).text());
          notes(edge, lanes).forEach(note -> text.append("  ").append(note).append('\n'));
          text.append('\n');
        });
    if (edges.isEmpty()) {
      text.append("no edge has sent anything yet\n");
    }
    return text.append(verdict()).toString();
  }

  private String verdict() {
    boolean audited = ledger.has("audit");
    if (ledger.path("balances").asBoolean()) {
      return audited ? "the ledger balances, and the tables agree" : "the ledger balances";
    }
    return "THE LEDGER DOES NOT BALANCE: see the lines that begin with OFF";
  }

  /** The entries of a list that are about this edge. */
  private List<JsonNode> of(String edge, String list) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode entry : ledger.path(list)) {
      if (entry.path("edge").asText().equals(edge)) {
        found.add(entry);
      }
    }
    return found;
  }

  private List<String> notes(String edge, List<JsonNode> lanes) {
    List<String> notes = new ArrayList<>();
    lanes.forEach(lane -> LaneNotes.add(notes, lane));
    for (JsonNode coarse : of(edge, "coarse")) {
      if (!coarse.path("balances").asBoolean()) {
        notes.add(
            "OFF  %s: superseded frames carry %s readings, the coarse frames in their place %s"
                .formatted(
                    coarse.path("lane").asText(),
                    Words.count(coarse.path("superseded").asLong()),
                    Words.count(coarse.path("carried").asLong())));
      }
    }
    of(edge, "audit").forEach(line -> audit(notes, line));
    if (detail) {
      of(edge, "named").forEach(named -> notes.add(Words.named(named)));
    } else if (lanes.stream().anyMatch(LedgerReport::isGone)) {
      notes.add("some frames are gone or contested: --detail names them");
    }
    return notes;
  }

  private static void audit(List<String> notes, JsonNode line) {
    String lane = line.path("lane").asText();
    String aged = Words.count(line.path("removed").asLong());
    boolean hasAged = line.path("removed").asLong() > 0;
    if (!line.path("balances").asBoolean()) {
      notes.add(
          "OFF  %s: %s readings are committed, %s are in the tables%s"
              .formatted(
                  lane,
                  Words.count(line.path("committed").asLong()),
                  Words.count(line.path("inTables").asLong() + line.path("rolledUpOnly").asLong()),
                  hasAged ? ", " + aged + " left them by age" : ""));
    } else if (hasAged) {
      notes.add(lane + ": " + aged + " readings left the tables by age");
    }
  }

  private static boolean isGone(JsonNode lane) {
    return List.of("refused", "conflict", "dropped", "lost", "contested").stream()
        .anyMatch(fate -> lane.at("/" + fate + "/frames").asLong() > 0);
  }
}
