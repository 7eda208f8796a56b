package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.models.history.History;
import io.edgeflow.models.replay.Alarm;
import io.edgeflow.models.replay.Replay;
import io.edgeflow.process.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a test of a model came to. */
record TryOutText(Bundle bundle, History history, List<Replay.Outcome> outcomes) {
  private static final double MICROS_PER_DAY = 86_400e6;
  private static final int SHOWN = 50;

  String json() {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", bundle.manifest().name());
    said.put("version", bundle.manifest().version());
    said.put("digest", bundle.digest().toString());
    said.put("readings", history.readings().size());
    said.put("days", days());
    said.put("subjects", outcomes.stream().map(this::document).toList());
    return Json.text(said);
  }

  private Map<String, Object> document(Replay.Outcome outcome) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("subject", outcome.subject());
    said.put("rows", outcome.rows());
    said.put("withheld", outcome.withheld());
    Map<String, Object> greatest = new LinkedHashMap<>();
    for (int i = 0; i < outcome.greatest().size(); i++) {
      greatest.put(bundle.manifest().outputs().get(i).name(), outcome.greatest().get(i));
    }
    said.put("greatest", greatest);
    said.put("alarmsPerDay", perDay(outcome.alarms().size()));
    said.put("alarms", outcome.alarms().stream().map(TryOutText::document).toList());
    return said;
  }

  private static Map<String, Object> document(Alarm alarm) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("threshold", alarm.threshold());
    said.put("from", Times.text(alarm.fromMicros()));
    said.put("to", Times.text(alarm.toMicros()));
    said.put("peak", alarm.peak());
    return said;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s on %d readings of %s"
            .formatted(bundle, history.readings().size(), figure(days()) + " days"));
    for (Replay.Outcome outcome : outcomes) {
      lines.add(
          "%s: %d rows, %d without; %d alarms, %s a day"
              .formatted(
                  outcome.subject(),
                  outcome.rows(),
                  outcome.withheld(),
                  outcome.alarms().size(),
                  figure(perDay(outcome.alarms().size()))));
      outcome.alarms().stream().limit(SHOWN).map(TryOutText::line).forEach(lines::add);
      if (outcome.alarms().size() > SHOWN) {
        lines.add("  and " + (outcome.alarms().size() - SHOWN) + " more; --json lists all");
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(Alarm alarm) {
    return "  %s  %s to %s, peak %s"
        .formatted(
            alarm.threshold(),
            Times.text(alarm.fromMicros()),
            Times.text(alarm.toMicros()),
            figure(alarm.peak()));
  }

  private double days() {
    return history.lengthMicros() / MICROS_PER_DAY;
  }

  /** Of less than an hour nothing is said by the day. */
  private double perDay(int alarms) {
    return days() < 1 / 24.0 ? Double.NaN : alarms / days();
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%.2f", value);
  }
}
