package io.edgeflow.gateway;

import io.edgeflow.gateway.actions.ActionOutput;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.recorder.ReadingListener;

/**
 * Sees what passes through an edge process on its way from a message to an action, so that the way
 * can be measured. Each method gives back what it was given, or something that does the same.
 */
public interface Taps {
  /** Nobody looks. */
  Taps NONE = new Taps() {};

  /** Into the recorder: messages from the broker, and scores. */
  default Intake intake(Intake recorder) {
    return recorder;
  }

  /** Out of the recorder. */
  default ReadingListener listener(ReadingListener all) {
    return all;
  }

  /**
   * Out of an action.
   *
   * @param action its name
   */
  default ActionOutput output(String action, ActionOutput output) {
    return output;
  }
}
