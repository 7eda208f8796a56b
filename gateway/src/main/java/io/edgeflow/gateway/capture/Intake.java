package io.edgeflow.gateway.capture;

/** The bounded way into the recorder. Both methods are for any thread and never block. */
public interface Intake {
  /**
   * Hands a submission over; it will be settled, once, unless the process ends first.
   *
   * @return false if there is no room: the submission was not taken and will not be settled
   */
  boolean offer(Submission submission);

  /**
   * Runs the retry once, on any thread, when there may be room again; at once if there is. Another
   * offer may still be the quicker one.
   */
  void whenRoom(Runnable retry);
}
