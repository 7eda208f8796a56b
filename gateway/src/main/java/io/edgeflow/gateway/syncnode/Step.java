package io.edgeflow.gateway.syncnode;

/** What is noted before it is done. Each may be done twice. */
enum Step {
  STAGING(Phase.STAGING),
  SWITCHING(Phase.STARTING),
  RESTARTING(Phase.STARTING),
  WAITING(Phase.STARTING),
  SOAKING(Phase.SOAKING),
  BACK_SWITCHING(Phase.GOING_BACK),
  BACK_RESTARTING(Phase.GOING_BACK),
  BACK_WAITING(Phase.GOING_BACK);

  private final Phase phase;

  Step(Phase phase) {
    this.phase = phase;
  }

  Phase phase() {
    return phase;
  }

  boolean isBack() {
    return phase == Phase.GOING_BACK;
  }
}
