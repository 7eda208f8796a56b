package io.edgeflow.lab.check;

import io.edgeflow.gateway.MessageTrial;
import java.util.ArrayList;
import java.util.List;

/** What would become of a message, for a person. */
final class TrialText {
  private TrialText() {}

  static List<String> lines(MessageTrial trial) {
    List<String> lines = new ArrayList<>();
    lines.add("topic    " + shown(trial.topic()));
    Integer mapping = trial.mapping();
    lines.add(
        "mapping  " + (mapping == null ? "none" : "mappings[" + mapping + "], " + trial.pattern()));
    if (!trial.reason().isEmpty()) {
      lines.add("nothing  " + trial.reason() + ": " + shown(trial.detail()));
    }
    for (MessageTrial.Reading reading : trial.readings()) {
      lines.add(reading.reason().isEmpty() ? taken(reading) : left(reading));
    }
    if (trial.reason().isEmpty() && trial.readings().isEmpty()) {
      lines.add("nothing  the message holds no reading");
    }
    return lines;
  }

  private static String taken(MessageTrial.Reading reading) {
    String unit = reading.unit().isEmpty() ? "" : " " + reading.unit();
    return "reading  %s = %s%s, %s, %s, %s"
        .formatted(
            reading.series(),
            shown(String.valueOf(reading.value())),
            unit,
            reading.kind(),
            time(reading),
            reading.quality());
  }

  private static String time(MessageTrial.Reading reading) {
    if (!reading.time().isEmpty()) {
      return "at " + reading.time();
    }
    return reading.replaced().isEmpty()
        ? "at the time of arrival"
        : "at the time of arrival (its own, %s, cannot be)".formatted(reading.replaced());
  }

  private static String left(MessageTrial.Reading reading) {
    String series = reading.series().isEmpty() ? "" : " of " + shown(reading.series());
    return "rejected %s%s: %s".formatted(reading.reason(), series, shown(reading.detail()));
  }

  /** A payload must not steer somebody's terminal. */
  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", "·");
  }
}
