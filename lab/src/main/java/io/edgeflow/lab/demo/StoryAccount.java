package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.demo.PumpStory.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What happened to the pumps, and whether the cloud has the events of it. Pure. */
final class StoryAccount {
  private final List<PumpStory> stories;
  private final JsonNode events;

  /**
   * @param events as {@code GET /api/v1/events} of the cloud tells them
   */
  StoryAccount(List<PumpStory> stories, JsonNode events) {
    this.stories = List.copyOf(stories);
    this.events = events.path("events");
  }

  /** Which of the cloud's events it asks for. */
  static String query() {
    return "/api/v1/events?edge="
        + DemoSettings.EDGE
        + "&type=alarm-raised&type=alarm-returned&type=action-done&limit=1000";
  }

  /** What is missing, in words; empty if everything happened and is known. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (PumpStory story : stories) {
      for (Step step : Step.values()) {
        if (story.when(step).isEmpty()) {
          faults.add(story.pump() + ": never '" + step.title + "'");
        }
      }
      String series = DemoSettings.EDGE + "/" + DemoSettings.score(story.pump());
      lacks(faults, "alarm-raised of " + series, alarmed(series, story.when(Step.SEEN)));
      lacks(faults, "alarm-returned of " + series, alarmed(series, story.when(Step.RETURNED)));
      lacks(faults, "action that slowed " + story.pump(), switched(story, "on"));
      lacks(faults, "action that set back " + story.pump(), switched(story, "off"));
    }
    return faults;
  }

  private static void lacks(List<String> faults, String what, boolean there) {
    if (!there) {
      faults.add("the cloud has no event " + what);
    }
  }

  private boolean alarmed(String series, OptionalLong micros) {
    for (JsonNode event : events) {
      if (micros.isPresent()
          && event.path("series").asText().equals(series)
          && event.path("t").asLong() == micros.getAsLong() / 1_000) {
        return true;
      }
    }
    return false;
  }

  private boolean switched(PumpStory story, String position) {
    for (JsonNode event : events) {
      JsonNode detail = event.path("detail");
      if (detail.path("action").asText().equals(DemoSettings.actionOf(story.pump()))
          && detail.path("position").asText().equals(position)
          && event.path("t").asLong() >= story.began() / 1_000) {
        return true;
      }
    }
    return false;
  }

  String text() {
    var text = new StringBuilder("\nafter a pump began to cavitate\n  %-12s".formatted(""));
    for (Step step : Step.values()) {
      text.append("%12s".formatted(step.title));
    }
    text.append('\n');
    for (PumpStory story : stories) {
      text.append("  %-12s".formatted(story.pump()));
      for (Step step : Step.values()) {
        text.append("%12s".formatted(story.after(step)));
      }
      text.append('\n');
    }
    List<String> faults = faults();
    faults.forEach(fault -> text.append("  OFF  ").append(fault).append('\n'));
    if (faults.isEmpty()) {
      text.append("  ok   each was seen, acted on and set back, and the cloud has the events\n");
    }
    return text.toString();
  }
}
