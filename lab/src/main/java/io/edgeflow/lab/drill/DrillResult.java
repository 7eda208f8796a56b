package io.edgeflow.lab.drill;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A drill from its seed to its verdict.
 *
 * @param played, verdict absent if it ended early
 * @param ended why it ended early; empty if it did not
 */
record DrillResult(
    String drill,
    long seed,
    Duration took,
    @Nullable Played played,
    @Nullable Verdict verdict,
    String ended) {
  private static final int MOST_FAULTS = 25;

  boolean held() {
    return verdict != null && verdict.held() && ended.isEmpty();
  }

  List<String> faults() {
    if (!ended.isEmpty()) {
      return List.of("the drill ended early: " + ended);
    }
    return verdict == null ? List.of() : verdict.faults();
  }

  /** For a person. */
  String text() {
    var text = new StringBuilder();
    if (played != null) {
      text.append('\n').append(played.account()).append('\n');
      played.tables().forEach(table -> text.append('\n').append(table).append('\n'));
    }
    if (verdict != null) {
      Comparison readings = verdict.comparison();
      text.append(verdict.ledger());
      text.append(
          "%nsensors: %d readings acknowledged in %d series, %d messages sent again%n"
              .formatted(readings.acknowledged(), readings.series(), verdict.repetitions()));
      text.append(
          "tables:  %d readings stored; lost %d, counted twice %d%n"
              .formatted(readings.stored(), readings.missing(), readings.excess()));
    }
    text.append("\ndrill %s, seed %d, %d s: ".formatted(drill, seed, took.toSeconds()));
    if (held()) {
      return text.append(
              "HELD: every acknowledged reading is stored once, and every loss is named\n")
          .toString();
    }
    text.append("FAILED\n");
    faults().stream()
        .limit(MOST_FAULTS)
        .forEach(fault -> text.append("  ").append(fault).append('\n'));
    if (faults().size() > MOST_FAULTS) {
      text.append("  and %d more; --json names all%n".formatted(faults().size() - MOST_FAULTS));
    }
    return text.toString();
  }

  /** For a program. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("drill", drill);
    json.put("seed", seed);
    json.put("held", held());
    json.put("seconds", took.toSeconds());
    json.put("faults", faults());
    if (played != null) {
      json.put("account", played.account());
      json.put("figures", played.figures());
    }
    if (verdict != null) {
      Comparison readings = verdict.comparison();
      json.put(
          "readings",
          Map.of(
              "acknowledged", readings.acknowledged(),
              "stored", readings.stored(),
              "lost", readings.missing(),
              "countedTwice", readings.excess()));
      json.put("edge", verdict.edge());
      json.put("cloud", verdict.cloud());
    }
    return json;
  }
}
