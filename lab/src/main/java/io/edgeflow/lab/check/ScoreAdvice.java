package io.edgeflow.lab.check;

import io.edgeflow.gateway.actions.ActionRule;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.inference.bundle.Threshold;
import java.util.ArrayList;
import java.util.List;

/** What fits ill between the scores of slots and the alarms and actions that name scores. */
final class ScoreAdvice {
  private ScoreAdvice() {}

  static List<String> of(
      List<ScoreSeries> slots, List<AlarmRule> alarms, List<ActionRule> actions) {
    var advice = new ArrayList<String>();
    for (ScoreSeries slot : slots) {
      for (AlarmRule alarm : alarms) {
        neverThere(slot, "alarm " + alarm.name(), alarm.series().pattern(), advice);
      }
      for (ActionRule action : actions) {
        neverThere(slot, "action " + action.name(), action.cause().series(), advice);
      }
      for (Threshold threshold : slot.manifest().thresholds()) {
        if (alarms.stream()
            .noneMatch(alarm -> slot.mayBe(alarm.series().pattern(), threshold.output()))) {
          advice.add(
              "threshold %s %s of slot %s raises no alarm by itself: name it in alarms"
                  .formatted(threshold.name(), threshold.value(), slot.slot()));
        }
      }
    }
    return List.copyOf(advice);
  }

  private static void neverThere(ScoreSeries slot, String who, String series, List<String> advice) {
    if (slot.isMeantBy(series) && !slot.mayBe(series)) {
      advice.add(
          "%s is on %s, which slot %s never writes: its scores are %s"
              .formatted(who, series, slot.slot(), String.join(", ", slot.names())));
    }
  }
}
