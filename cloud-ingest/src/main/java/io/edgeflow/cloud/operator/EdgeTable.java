package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The account of one edge: a row for each fate, a column for each lane. */
final class EdgeTable {
  private static final List<String> FATES =
      List.of(
          "announced",
          "committed",
          "superseded",
          "refused",
          "conflict",
          "dropped",
          "lost",
          "missing",
          "contested");

  private static final List<String> LANES = List.of("event", "window", "raw");

  /** Frames and readings of a lane, all incarnations together, by fate. */
  private record Sums(Map<String, long[]> byFate) {
    void add(JsonNode lane) {
      for (String fate : FATES) {
        long[] sum = byFate.computeIfAbsent(fate, _ -> new long[2]);
        sum[0] += lane.at("/" + fate + "/frames").asLong();
        sum[1] += lane.at("/" + fate + "/readings").asLong();
      }
    }

    long[] of(String fate) {
      return byFate.getOrDefault(fate, new long[2]);
    }
  }

  private final String edge;
  private final int starts;
  private final Map<String, Sums> lanes = new TreeMap<>();
  private final List<JsonNode> audit;

  EdgeTable(String edge, List<JsonNode> lanes, List<JsonNode> audit) {
    this.edge = edge;
    this.starts =
        (int) lanes.stream().map(lane -> lane.path("incarnation").asText()).distinct().count();
    this.audit = audit;
    for (JsonNode lane : lanes) {
      this.lanes
          .computeIfAbsent(lane.path("lane").asText(), _ -> new Sums(new TreeMap<>()))
          .add(lane);
    }
  }

  String text() {
    List<String> shown = LANES.stream().filter(lanes::containsKey).toList();
    StringBuilder text = new StringBuilder();
    text.append(edge).append(starts == 1 ? ", 1 start\n" : ", " + starts + " starts\n");
    text.append(row("  frames / readings", shown));
    for (String fate : FATES) {
      List<String> cells = new ArrayList<>();
      boolean any = !fate.equals("contested");
      for (String lane : shown) {
        long[] sum = lanes.getOrDefault(lane, new Sums(Map.of())).of(fate);
        cells.add(Words.count(sum[0]) + " / " + Words.count(sum[1]));
        any |= sum[0] != 0;
      }
      if (any) {
        text.append(row("  " + fate, cells));
      }
    }
    if (!audit.isEmpty()) {
      text.append(row("  in the tables", shown.stream().map(this::held).toList()));
    }
    return text.toString();
  }

  private String held(String lane) {
    return audit.stream()
        .filter(line -> line.path("lane").asText().equals(lane))
        .map(line -> "/ " + Words.count(line.path("inTables").asLong()))
        .findFirst()
        .orElse("-");
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder("%-20s".formatted(name));
    cells.forEach(cell -> row.append(" %25s".formatted(cell)));
    return row.append('\n').toString();
  }
}
