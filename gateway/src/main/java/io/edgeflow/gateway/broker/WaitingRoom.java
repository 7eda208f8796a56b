package io.edgeflow.gateway.broker;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has sent and the intake had no room for, in order. While something waits the
 * connection is not read, so at most one read of the socket comes in here. Event loop only.
 */
final class WaitingRoom {
  private final Connection connection;
  private final Intake intake;
  private final CaptureFigures figures;
  private final Runnable whenEmpty;
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();

  WaitingRoom(Connection connection, Intake intake, CaptureFigures figures, Runnable whenEmpty) {
    this.connection = connection;
    this.intake = intake;
    this.figures = figures;
    this.whenEmpty = whenEmpty;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Nullable Submission first() {
    return waiting.peek();
  }

  /** Hands it over if there is room, now. */
  boolean offer(Submission submission) {
    if (!waiting.isEmpty() || !intake.offer(submission)) {
      return false;
    }
    figures.received.increment();
    return true;
  }

  /** Hands it over when there is room. */
  void add(Submission submission) {
    figures.waitedForRoom.increment();
    waiting.add(submission);
    if (waiting.size() == 1) {
      ask();
    }
  }

  private void ask() {
    intake.whenRoom(() -> connection.later(this::retry));
  }

  private void retry() {
    Submission next;
    while ((next = waiting.peek()) != null) {
      if (!intake.offer(next)) {
        ask();
        return;
      }
      figures.received.increment();
      waiting.remove();
    }
    whenEmpty.run();
  }

  /** The connection is gone: nothing was promised for these, and nothing will be. */
  void drop() {
    Submission next;
    while ((next = waiting.poll()) != null) {
      next.fail();
    }
  }
}
