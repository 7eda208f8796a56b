package io.edgeflow.lab.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What becomes of one fault of a pump, from what is seen of the pump and of its alarm. Times are
 * microseconds since the epoch. Pure; one thread.
 */
final class PumpStory {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** What has to happen, in about this order. */
  enum Step {
    SEEN("seen"),
    SLOWED("slowed"),
    OVER("over"),
    RETURNED("alarm over"),
    SET_BACK("set back");

    final String title;

    Step(String title) {
      this.title = title;
    }
  }

  /**
   * The alarm on the pump's score.
   *
   * @param value the score that changed it last
   */
  record Alarm(boolean active, long raisedMicros, long changedMicros, String value) {}

  /**
   * A look at the pump.
   *
   * @param slowSince since when its controller has held it slow
   * @param cavitates whether it does
   */
  record Sight(long nowMicros, boolean cavitates, OptionalLong slowSince, Optional<Alarm> alarm) {}

  private final String pump;
  private final int coil;
  private final long began;
  private final Map<Step, Long> steps = new EnumMap<>(Step.class);

  PumpStory(String pump, int coil, long began) {
    this.pump = pump;
    this.coil = coil;
    this.began = began;
  }

  String pump() {
    return pump;
  }

  long began() {
    return began;
  }

  /** When that was; empty as long as it was not. */
  OptionalLong when(Step step) {
    Long micros = steps.get(step);
    return micros == null ? OptionalLong.empty() : OptionalLong.of(micros);
  }

  boolean complete() {
    return steps.size() == Step.values().length;
  }

  String beginning() {
    return CLOCK.format(Instant.ofEpochMilli(began / 1_000).atZone(ZoneId.systemDefault()))
        + "  "
        + pump
        + " begins to cavitate";
  }

  /** Takes in what is seen; what is new of it, in words. */
  List<String> look(Sight sight) {
    List<String> lines = new ArrayList<>();
    sight
        .alarm()
        .filter(alarm -> alarm.raisedMicros() >= began)
        .ifPresent(
            alarm -> {
              if (happened(Step.SEEN, alarm.raisedMicros())) {
                lines.add(
                    "the model sees it after %s: %s is %s, a healthy pump stays below 1"
                        .formatted(
                            after(Step.SEEN), DemoSettings.score(pump), rounded(alarm.value())));
              }
            });
    if (sight.slowSince().isPresent()
        && sight.slowSince().getAsLong() >= began
        && happened(Step.SLOWED, sight.slowSince().getAsLong())) {
      lines.add(
          "the action %s wrote coil %d after %s: the pump slows down"
              .formatted(DemoSettings.actionOf(pump), coil, after(Step.SLOWED)));
    }
    if (steps.containsKey(Step.SLOWED)) {
      lines.addAll(recovery(sight));
    }
    return lines;
  }

  private List<String> recovery(Sight sight) {
    List<String> lines = new ArrayList<>();
    if (!sight.cavitates() && happened(Step.OVER, sight.nowMicros())) {
      lines.add("cavitation over after " + after(Step.OVER));
    }
    Optional<Alarm> returned =
        sight.alarm().filter(alarm -> !alarm.active() && alarm.changedMicros() > began);
    if (steps.containsKey(Step.SEEN)
        && returned.isPresent()
        && happened(Step.RETURNED, returned.get().changedMicros())) {
      lines.add("the alarm returned after " + after(Step.RETURNED));
    }
    if (sight.slowSince().isEmpty() && happened(Step.SET_BACK, sight.nowMicros())) {
      lines.add("the pump is back at full speed after " + after(Step.SET_BACK));
    }
    return lines;
  }

  /** Whether this is the first time. */
  private boolean happened(Step step, long micros) {
    return steps.putIfAbsent(step, micros) == null;
  }

  /** How long after the beginning, for a person. */
  String after(Step step) {
    Long micros = steps.get(step);
    return micros == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f s", (micros - began) / 1_000_000.0);
  }

  private static String rounded(String number) {
    try {
      return String.format(Locale.ROOT, "%.1f", Double.parseDouble(number));
    } catch (NumberFormatException text) {
      return number;
    }
  }
}
