package io.edgeflow.inference.scoring;

import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which series a score was made of, by its name alone. Pure. */
final class ScoreInputs {
  private static final String DEVICE = "{device}";

  private ScoreInputs() {}

  /**
   * The names of what the model reads for the subject of this score; empty if it is no score of the
   * slot.
   */
  static List<String> of(String score, String slot, Input input) {
    if (!ScoreNames.isScore(score, Set.of(slot))) {
      return List.of();
    }
    String subject = score.substring(0, Math.max(0, score.lastIndexOf('/')));
    return switch (input) {
      case Input.SlidingWindow _ -> List.of(subject);
      case Input.LatestVector vector -> of(subject, vector.series());
      case Input.MinuteFeatures features -> of(subject, features.series());
    };
  }

  private static List<String> of(String device, List<Selector> selectors) {
    List<String> names = new ArrayList<>();
    for (Selector selector : selectors) {
      String pattern = selector.pattern();
      names.add(selector.perDevice() ? device + pattern.substring(DEVICE.length()) : pattern);
    }
    return names;
  }
}
