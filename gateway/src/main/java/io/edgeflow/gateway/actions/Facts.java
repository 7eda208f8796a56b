package io.edgeflow.gateway.actions;

import org.jspecify.annotations.Nullable;

/** What is known now. */
public interface Facts {
  /**
   * The newest usable reading of a series.
   *
   * @param text absent where the value is a number
   * @param ageNanos since it arrived
   */
  record Value(double number, @Nullable String text, long ageNanos) {}

  /** Absent where none has come yet. */
  @Nullable Value value(String series);

  /** Whether the alarm of a rule is active for a series. */
  Truth alarm(String rule, String series);
}
