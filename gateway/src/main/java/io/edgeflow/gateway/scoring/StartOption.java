package io.edgeflow.gateway.scoring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model that may serve at a start.
 *
 * @param digest which it must be; empty: whatever lies there
 * @param choice what counts as chosen if it serves
 * @param source why it is this one, for people
 */
record StartOption(Path folder, Optional<String> digest, SlotChoice choice, String source) {
  /** Best first: the one that was chosen, the one before, the configured one if there is one. */
  static List<StartOption> of(SlotChoice choice, String configured) {
    List<StartOption> options = new ArrayList<>();
    ChosenBundle chosen = choice.serving();
    if (chosen != null) {
      options.add(of(chosen, choice, "chosen " + choice.by()));
    }
    String instead = chosen == null ? "" : ", because the chosen one was not taken";
    ChosenBundle old = choice.before();
    if (old != null) {
      SlotChoice without = choice.serving(old, null, Said.NOBODY);
      options.add(of(old, without, "the one before" + instead));
    }
    if (!configured.isEmpty()) {
      options.add(
          new StartOption(
              Path.of(configured),
              Optional.empty(),
              SlotChoice.none(configured),
              "named by the configuration" + instead));
    }
    return options;
  }

  private static StartOption of(ChosenBundle bundle, SlotChoice choice, String source) {
    return new StartOption(bundle.folder(), Optional.of(bundle.digest()), choice, source);
  }
}
