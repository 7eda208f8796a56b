package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What is to be said of one incarnation and lane beside its figures. */
final class LaneNotes {
  private LaneNotes() {}

  static void add(List<String> notes, JsonNode lane) {
    String name = lane.path("lane").asText() + " of " + lane.path("incarnation").asText();
    long frames = lane.at("/missing/frames").asLong();
    long readings = lane.at("/missing/readings").asLong();
    switch (lane.path("state").asText()) {
      case "off" -> notes.add("OFF  " + name + ": " + difference(frames, readings));
      case "contested" ->
          notes.add(
              name
                  + ": two copies of this edge used the same numbers, so the readings of its frames"
                  + " cannot be held against one running total");
      case "open" -> {
        if (frames == 0) {
          notes.add(
              "%s: %s readings of superseded frames are still to come in coarse ones"
                  .formatted(name, Words.count(readings)));
        }
      }
      default -> {
        // Balanced: the figures say it all.
      }
    }
    if (lane.path("tail").asText().equals("unknown")) {
      notes.add(
          "%s: unknown tail; nobody speaks for it any more, so what it numbered after %s is not known (every import ends so)"
              .formatted(name, Words.count(lane.path("highest").asLong())));
    }
  }

  private static String difference(long frames, long readings) {
    if (frames < 0) {
      return "%s frames more are settled than were ever announced".formatted(Words.count(-frames));
    }
    return readings < 0
        ? "its frames carry %s readings more than its running total"
            .formatted(Words.count(-readings))
        : "every frame is settled, and %s readings of its running total are in none"
            .formatted(Words.count(readings));
  }
}
