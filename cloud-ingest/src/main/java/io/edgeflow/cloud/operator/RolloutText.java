package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Rollouts as text for a person. Pure. */
final class RolloutText {
  private static final double MIB = 1 << 20;
  private static final int BRIEF = 12;
  private static final Set<String> ON_THE_WAY = Set.of("issued", "underway", "trying", "active");

  private RolloutText() {}

  /** A rollout in a line. */
  static String line(JsonNode rollout) {
    StringBuilder line = new StringBuilder();
    line.append(rollout.path("id").asText())
        .append("  ")
        .append(rollout.path("name").asText())
        .append("  ")
        .append(rollout.path("text").asText());
    String steps = counts(rollout.path("edges"));
    return line.append(steps.isEmpty() ? "" : "; " + steps).toString();
  }

  static String all(JsonNode rollouts, JsonNode fleet) {
    StringBuilder text = new StringBuilder();
    JsonNode counts = fleet.path("counts");
    text.append(
        "%s, %d online, %d take documents, %d follow the newest one%n"
            .formatted(
                many(counts.path("edges").asInt(), "edge"),
                counts.path("online").asInt(),
                counts.path("listening").asInt(),
                counts.path("inStep").asInt()));
    for (JsonNode model : counts.path("models")) {
      text.append(
          "  %s: serves in %s, proven in %d%n"
              .formatted(
                  bundle(model),
                  many(model.path("active").asInt(), "slot"),
                  model.path("proven").asInt()));
    }
    for (JsonNode disabled : fleet.path("disabled")) {
      text.append(
          "  DISABLED  %s by %s%s%n"
              .formatted(
                  disabled.path("name").asText(),
                  disabled.path("who").asText(),
                  because(disabled.path("why").asText())));
    }
    for (JsonNode edge : fleet.path("edges")) {
      if (!edge.path("conflict").asText().isEmpty()) {
        text.append(
            "  CONFLICT  %s: %s: 'rollout reissue %s' ends it%n"
                .formatted(
                    edge.path("edge").asText(),
                    edge.path("conflict").asText(),
                    edge.path("edge").asText()));
      }
    }
    String objection = fleet.path("objection").asText();
    if (!objection.isEmpty()) {
      text.append("  edges would not listen: ").append(objection).append('\n');
    }
    text.append('\n');
    rollouts.path("rollouts").forEach(one -> text.append(line(one)).append('\n'));
    if (rollouts.path("rollouts").isEmpty()) {
      text.append("no rollout yet\n");
    }
    return text.toString().stripTrailing();
  }

  static String detail(JsonNode detail) {
    JsonNode rollout = detail.path("rollout");
    StringBuilder text = new StringBuilder(line(rollout)).append('\n');
    text.append(
        "%s in %s, started by %s%s%n%n"
            .formatted(
                bundle(rollout.path("bundle")),
                rollout.at("/bundle/slot").asText(),
                rollout.path("who").asText("nobody"),
                because(rollout.path("why").asText())));
    for (JsonNode wave : detail.path("waves")) {
      text.append(
          "wave %d, %s: %s%n"
              .formatted(
                  wave.path("wave").asInt(),
                  wave.path("begun").asBoolean()
                      ? verdict(wave, waveGoesOn(rollout, wave))
                      : "not begun",
                  wave.path("text").asText()));
    }
    text.append('\n');
    detail.path("edges").forEach(edge -> edge(text, edge));
    return text.toString().stripTrailing();
  }

  /** What has only just begun is not in doubt yet. */
  private static String verdict(JsonNode judged, boolean goesOn) {
    String verdict = judged.path("verdict").asText();
    return goesOn && verdict.equals("inconclusive") ? "too early" : verdict;
  }

  private static boolean waveGoesOn(JsonNode rollout, JsonNode wave) {
    JsonNode count = wave.path("count");
    return rollout.path("status").asText().equals("running")
        && Stream.of("waiting", "issued", "underway", "active")
            .anyMatch(part -> count.path(part).asInt() > 0);
  }

  private static boolean edgeGoesOn(JsonNode edge) {
    return ON_THE_WAY.contains(edge.path("step").asText())
        && !edge.path("proven").asBoolean()
        && !edge.path("failed").asBoolean();
  }

  private static void edge(StringBuilder text, JsonNode edge) {
    List<String> notes = new ArrayList<>();
    if (edge.path("silent").asBoolean()) {
      notes.add("not heard");
    }
    if (edge.path("total").asLong() > 0
        && edge.path("done").asLong() < edge.path("total").asLong()) {
      notes.add(
          "%.0f %% fetched"
              .formatted(100.0 * edge.path("done").asLong() / edge.path("total").asLong()));
    }
    if (!edge.path("detail").asText().isEmpty()) {
      notes.add((edge.path("failed").asBoolean() ? "FAILED " : "") + edge.path("detail").asText());
    }
    if (!edge.path("refusal").asText().isEmpty()) {
      notes.add("REFUSES " + edge.path("refusal").asText());
    }
    text.append(
        "  %-24s wave %d  %-10s %s%n"
            .formatted(
                edge.path("edge").asText(),
                edge.path("wave").asInt(),
                edge.path("step").asText(),
                String.join("; ", notes)));
    for (JsonNode gate : edge.path("gates")) {
      if (!gate.path("verdict").asText().equals("pass")) {
        text.append(
            "      %-12s %-12s %s%n"
                .formatted(
                    gate.path("gate").asText(),
                    verdict(gate, edgeGoesOn(edge)),
                    gate.path("text").asText()));
      }
    }
  }

  static String history(JsonNode history) {
    StringBuilder text = new StringBuilder();
    for (JsonNode entry : history) {
      String who = entry.path("who").asText();
      String why = entry.path("why").asText();
      text.append(
          "%s  %-9s %-16s %s%s%s%n"
              .formatted(
                  Instant.ofEpochMilli(entry.path("at").asLong()),
                  entry.path("what").asText(),
                  entry.path("edge").asText(),
                  entry.path("detail").asText(),
                  who.isEmpty() ? "" : "  (" + who + ")",
                  because(why)));
    }
    return text.toString().stripTrailing();
  }

  static String plan(JsonNode plan) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s in %s%n".formatted(bundle(plan.path("bundle")), plan.at("/bundle/slot").asText()));
    for (JsonNode wave : plan.path("waves")) {
      List<String> edges = new ArrayList<>();
      wave.path("edges").forEach(edge -> edges.add(edge.asText()));
      text.append(
          "wave %d, not before %s: %s, %s to fetch: %s%n"
              .formatted(
                  wave.path("wave").asInt(),
                  Instant.ofEpochMilli(wave.path("begins").asLong()),
                  many(edges.size(), "edge"),
                  mebibytes(wave.path("bytes")),
                  String.join(" ", edges)));
    }
    if (plan.path("waves").isEmpty()) {
      text.append(
          plan.path("stragglers").isEmpty()
              ? "no edge would be asked: the selector matches none that the cloud has heard of\n"
              : "no edge would be asked: all that the selector matches are left out\n");
    }
    for (JsonNode straggler : plan.path("stragglers")) {
      text.append(
          "%s: %s %s%n"
              .formatted(
                  role(straggler),
                  straggler.path("edge").asText(),
                  straggler.path("why").asText()));
    }
    if (!plan.path("behind").asText().isEmpty()) {
      text.append("waits until rollout %s ends%n".formatted(plan.path("behind").asText()));
    }
    return text.append(
            "%s to fetch together; takes %s at least"
                .formatted(
                    mebibytes(plan.path("bytes")),
                    Durations.format(Duration.ofMillis(plan.path("shortest").asLong()))))
        .toString();
  }

  private static String role(JsonNode straggler) {
    if (straggler.path("never").asBoolean()) {
      return "left out";
    }
    return straggler.path("unable").asBoolean() ? "CANNOT TAKE IT" : "holds up its wave";
  }

  private static String many(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String because(String why) {
    return why.isEmpty() ? "" : ": " + why;
  }

  private static String mebibytes(JsonNode bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes.asLong() / MIB);
  }

  private static String bundle(JsonNode bundle) {
    String digest = bundle.path("digest").asText();
    return digest.isEmpty()
        ? "what the configuration names"
        : bundle.path("model").asText()
            + " "
            + bundle.path("version").asText()
            + " ("
            + digest.substring(0, Math.min(BRIEF, digest.length()))
            + ")";
  }

  private static String counts(JsonNode steps) {
    List<String> counts = new ArrayList<>();
    steps
        .properties()
        .forEach(
            step -> counts.add(step.getValue().asInt() + " " + step.getKey().replace('-', ' ')));
    return String.join(", ", counts);
  }
}
