package io.edgeflow.gateway.broker;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;

/** One broker for many tests, each with an intake of its own. */
final class SwitchedIntake implements Intake {
  private volatile Intake current = new ControlledIntake();

  void use(Intake intake) {
    current = intake;
  }

  @Override
  public boolean offer(Submission submission) {
    return current.offer(submission);
  }

  @Override
  public void whenRoom(Runnable retry) {
    current.whenRoom(retry);
  }
}
