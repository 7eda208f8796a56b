package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.sim.DrivenPump;
import io.edgeflow.lab.sim.FaultPlan;
import io.edgeflow.lab.sim.Plant;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the faults of the plan: the pumps as they are, and their alarms as the gateway tells
 * them. Tells each step when it is seen. One thread.
 */
final class Narrator {
  private final FaultPlan plan;
  private final Map<Integer, DrivenPump> pumps = new HashMap<>();
  private final Documents documents;
  private final URI alarms;
  private final Consumer<String> say;
  private final List<PumpStory> stories = new ArrayList<>();
  private final List<FaultPlan.Begun> known = new ArrayList<>();

  Narrator(
      FaultPlan plan, List<DrivenPump> pumps, Documents documents, URI edge, Consumer<String> say) {
    this.plan = plan;
    pumps.forEach(pump -> this.pumps.put(pump.pump().number(), pump));
    this.documents = documents;
    this.alarms = edge.resolve("/api/v1/alarms?all=true");
    this.say = say;
  }

  /** Those that began while somebody looked. */
  List<PumpStory> stories() {
    return List.copyOf(stories);
  }

  boolean complete() {
    return stories.stream().allMatch(PumpStory::complete);
  }

  /**
   * Looks once.
   *
   * @param anew whether what begins now is followed too
   */
  void look(boolean anew) throws IOException, InterruptedException {
    long now = Plant.wallClockMicros();
    if (anew) {
      begin(now);
    }
    if (complete()) {
      return;
    }
    Map<String, PumpStory.Alarm> seen = alarms();
    for (PumpStory story : stories) {
      if (!story.complete()) {
        story.look(sight(story, now, seen)).forEach(line -> say.accept("          " + line));
      }
    }
  }

  private void begin(long now) {
    for (FaultPlan.Begun fault : plan.begun(now)) {
      DrivenPump pump = pumps.get(fault.pump());
      if (pump != null && !known.contains(fault)) {
        known.add(fault);
        var story = new PumpStory(pump.pump().name(), pump.address(), fault.micros());
        stories.add(story);
        say.accept(story.beginning());
      }
    }
  }

  private PumpStory.Sight sight(PumpStory story, long now, Map<String, PumpStory.Alarm> seen) {
    DrivenPump pump =
        pumps.values().stream()
            .filter(one -> one.pump().name().equals(story.pump()))
            .findFirst()
            .orElseThrow();
    return new PumpStory.Sight(
        now,
        pump.pump().cavitation().at(now) > 0,
        pump.drive().slowSinceMicros(),
        Optional.ofNullable(seen.get(DemoSettings.score(story.pump()))));
  }

  /** By the series that they are of. */
  private Map<String, PumpStory.Alarm> alarms() throws IOException, InterruptedException {
    Map<String, PumpStory.Alarm> found = new HashMap<>();
    for (JsonNode alarm : documents.read(alarms).path("alarms")) {
      if (alarm.path("rule").asText().equals(DemoSettings.RULE)) {
        found.put(
            alarm.path("series").asText(),
            new PumpStory.Alarm(
                alarm.path("active").asBoolean(),
                alarm.path("raised").asLong() * 1_000,
                alarm.path("changed").asLong() * 1_000,
                alarm.path("value").asText()));
      }
    }
    return found;
  }
}
