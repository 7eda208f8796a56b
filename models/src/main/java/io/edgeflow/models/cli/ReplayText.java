package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.Threshold;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import io.edgeflow.models.replay.Alarm;
import io.edgeflow.models.replay.Replay;
import io.edgeflow.process.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a replay of the past came to: the alarms of each subject and threshold, with their times.
 */
record ReplayText(Bundle bundle, Past past, List<Replay.Outcome> outcomes) {
  private static final double MICROS_PER_DAY = 86_400e6;
  private static final int SHOWN = 50;
  private static final int DATE = "2026-01-31".length();

  String json() {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", bundle.manifest().name());
    said.put("version", bundle.manifest().version());
    said.put("digest", bundle.digest().toString());
    said.put(grain(), past.size());
    said.put("days", days());
    said.put("alarmsPerDay", perDay(alarms()));
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
    said.put(
        "thresholds",
        bundle.manifest().thresholds().stream()
            .map(one -> document(one, outcome.subject(), of(one, outcome)))
            .toList());
    said.put("alarms", outcome.alarms().stream().map(ReplayText::document).toList());
    return said;
  }

  private Map<String, Object> document(Threshold threshold, String subject, List<Alarm> alarms) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", threshold.name());
    said.put("setting", bundle.parameters().setting(threshold, subject));
    said.put("alarms", alarms.size());
    said.put("alarmsPerDay", perDay(alarms.size()));
    said.put("byDay", byDay(alarms));
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
        "%s on %d %s of %s: %d alarms, %s a day"
            .formatted(
                bundle,
                past.size(),
                grain(),
                figure(days()) + " days",
                alarms(),
                figure(perDay(alarms()))));
    for (Replay.Outcome outcome : outcomes) {
      int alarms = outcome.alarms().size();
      lines.add(
          "%s: %d rows, %d without; %d alarms, %s a day"
              .formatted(
                  outcome.subject(),
                  outcome.rows(),
                  outcome.withheld(),
                  alarms,
                  figure(perDay(alarms))));
      bundle.manifest().thresholds().forEach(one -> add(lines, one, outcome));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private void add(List<String> lines, Threshold threshold, Replay.Outcome outcome) {
    List<Alarm> alarms = of(threshold, outcome);
    if (alarms.isEmpty()) {
      return;
    }
    Map.Entry<String, Integer> worst =
        byDay(alarms).entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    lines.add(
        "  %s (%s %s %s): %d alarms, %s a day, most on %s: %d"
            .formatted(
                threshold.name(),
                threshold.output(),
                threshold.direction().name().toLowerCase(Locale.ROOT),
                bundle.parameters().setting(threshold, outcome.subject()),
                alarms.size(),
                figure(perDay(alarms.size())),
                worst.getKey(),
                worst.getValue()));
    alarms.stream().limit(SHOWN).map(ReplayText::line).forEach(lines::add);
    if (alarms.size() > SHOWN) {
      lines.add("    and " + (alarms.size() - SHOWN) + " more; --json lists all");
    }
  }

  private static List<Alarm> of(Threshold threshold, Replay.Outcome outcome) {
    return outcome.alarms().stream()
        .filter(alarm -> alarm.threshold().equals(threshold.name()))
        .toList();
  }

  /** By the days on which they began, in UTC. */
  private static Map<String, Integer> byDay(List<Alarm> alarms) {
    Map<String, Integer> days = new TreeMap<>();
    alarms.forEach(
        alarm -> days.merge(Times.text(alarm.fromMicros()).substring(0, DATE), 1, Integer::sum));
    return days;
  }

  private static String line(Alarm alarm) {
    return "    %s to %s, peak %s"
        .formatted(
            Times.text(alarm.fromMicros()), Times.text(alarm.toMicros()), figure(alarm.peak()));
  }

  private String grain() {
    return past instanceof Minutes ? "minutes" : "readings";
  }

  private int alarms() {
    return outcomes.stream().mapToInt(outcome -> outcome.alarms().size()).sum();
  }

  private double days() {
    return past.lengthMicros() / MICROS_PER_DAY;
  }

  /** Of less than an hour nothing is said by the day. */
  private double perDay(int alarms) {
    return days() < 1 / 24.0 ? Double.NaN : alarms / days();
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%.2f", value);
  }
}
