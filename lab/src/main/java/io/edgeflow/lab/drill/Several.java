package io.edgeflow.lab.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Drills that are played one after the other on one stage, and judged together. */
record Several(String name, List<Drill> drills) implements Drill {
  @Override
  public Stage.Settings settings() {
    return drills.getFirst().settings();
  }

  @Override
  public Played play(Stage stage) throws Exception {
    List<String> accounts = new ArrayList<>();
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    List<String> tables = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    List<Played.Requirement> atRest = new ArrayList<>();
    for (Drill drill : drills) {
      Played played = drill.play(stage);
      accounts.add(played.account());
      figures.put(drill.name(), played.figures());
      tables.addAll(played.tables());
      played.faults().forEach(fault -> faults.add(drill.name() + ": " + fault));
      played.atRest().forEach(one -> atRest.add(one.named(drill.name())));
    }
    return new Played(
        String.join("\n", accounts), figures, tables, faults, atRest, Leniency.NOTHING);
  }
}
