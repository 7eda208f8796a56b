package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.fleet.Keys;
import io.edgeflow.lab.fleet.Publishing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A good and a bad model are published, one after the other, and what becomes of them is told. One
 * thread, which asks it to look again and again.
 */
final class RolloutStory {
  private final Publishing cloud;
  private final Keys keys;
  private final DemoModels models;
  private final Consumer<String> say;
  private final List<String> faults = new ArrayList<>();
  private Chapter chapter = Chapter.BEFORE;
  private String rollout = "";
  private String last = "";
  private long begunNanos;

  private enum Chapter {
    BEFORE,
    GOOD,
    BAD,
    OVER
  }

  /**
   * @param models to publish
   */
  RolloutStory(Publishing cloud, Keys keys, DemoModels models, Consumer<String> say) {
    this.cloud = cloud;
    this.keys = keys;
    this.models = models;
    this.say = say;
  }

  /** Both models found their end. */
  boolean complete() {
    return chapter == Chapter.OVER;
  }

  boolean begun() {
    return chapter != Chapter.BEFORE;
  }

  /** What did not end as it should, in words. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** The cloud must be there. */
  void look() throws IOException {
    switch (chapter) {
      case BEFORE -> {
        cloud.keys(keys);
        publish(Chapter.GOOD, models.good(), DemoModels.GOOD, "a good model");
      }
      case GOOD -> follow("done", () -> publish(Chapter.BAD, models.bad(), DemoModels.BAD, WRONG));
      case BAD -> follow("rolled-back", this::over);
      case OVER -> {}
    }
  }

  private static final String WRONG = "a bad one, whose threshold is far too low";

  private interface Next {
    void begin() throws IOException;
  }

  private void publish(Chapter next, Path folder, String version, String words) throws IOException {
    cloud.publish(folder);
    rollout = cloud.rollout(spec(version));
    begunNanos = System.nanoTime();
    chapter = next;
    last = "";
    say.accept("publishing %s %s, %s".formatted(DemoModels.MODEL, version, words));
  }

  private static String spec(String version) {
    return """
    name: %s %s
    slot: %s
    model: %s
    version: "%s"
    selector: {edges: ["*"]}
    waves: ["1", "100%%"]
    shadow: 2s
    soak: 5s
    gates: {minRows: 20, alarmRate: {most: 0.5}}
    failures: {most: 0, then: rollback}
    wait: 2m
    """
        .formatted(DemoModels.MODEL, version, PumpModel.SLOT, DemoModels.MODEL, version);
  }

  private void follow(String wanted, Next next) throws IOException {
    JsonNode seen = cloud.get("/api/v1/rollouts/" + rollout);
    JsonNode summary = seen.path("rollout");
    String status = summary.path("status").asText();
    String now = status + " " + steps(summary.path("edges"));
    if (!now.equals(last)) {
      last = now;
      say.accept("          %s: %s".formatted(after(), summary.path("text").asText()));
    }
    if (!List.of("done", "rolled-back", "aborted", "paused").contains(status)) {
      return;
    }
    if (!status.equals(wanted)) {
      faults.add("the rollout %s is %s and not %s".formatted(rollout, status, wanted));
    }
    why(seen);
    next.begin();
  }

  private static String steps(JsonNode edges) {
    List<String> steps = new ArrayList<>();
    edges.properties().forEach(step -> steps.add(step.getKey() + " " + step.getValue().asInt()));
    return String.join(", ", steps);
  }

  private void why(JsonNode seen) {
    for (JsonNode edge : seen.path("edges")) {
      if (edge.path("failed").asBoolean()) {
        say.accept(
            "          because of %s: %s"
                .formatted(edge.path("edge").asText(), edge.path("detail").asText()));
      }
    }
  }

  private void over() throws IOException {
    chapter = Chapter.OVER;
    for (JsonNode edge : cloud.get("/api/v1/fleet").path("edges")) {
      for (JsonNode slot : edge.path("slots")) {
        boolean right =
            slot.path("version").asText().equals(DemoModels.GOOD)
                && slot.path("proven").asBoolean();
        if (!right) {
          faults.add(
              "%s has %s %s in %s, which is %s"
                  .formatted(
                      edge.path("edge").asText(),
                      slot.path("model").asText(),
                      slot.path("version").asText(),
                      slot.path("slot").asText(),
                      slot.path("state").asText()));
        }
      }
    }
    if (faults.isEmpty()) {
      say.accept(
          "          %s: %s %s serves on every edge again"
              .formatted(after(), DemoModels.MODEL, DemoModels.GOOD));
    }
  }

  private String after() {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begunNanos) / 1e9);
  }
}
