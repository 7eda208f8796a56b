package io.edgeflow.gateway.broker;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An intake whose room and settling the test decides. */
public final class ControlledIntake implements Intake {
  private final List<Submission> taken = new ArrayList<>();
  private final List<Runnable> retries = new ArrayList<>();
  private Consumer<Submission> onTaken = submission -> {};
  private boolean room = true;

  @Override
  public boolean offer(Submission submission) {
    Consumer<Submission> then;
    synchronized (this) {
      if (!room) {
        return false;
      }
      taken.add(submission);
      then = onTaken;
    }
    then.accept(submission);
    return true;
  }

  @Override
  public void whenRoom(Runnable retry) {
    synchronized (this) {
      if (!room) {
        retries.add(retry);
        return;
      }
    }
    retry.run();
  }

  /** From now on, each submission is settled as it comes. */
  public synchronized ControlledIntake settlingAtOnce() {
    onTaken = Submission::settleSafe;
    return this;
  }

  public synchronized void fill() {
    room = false;
  }

  public void makeRoom() {
    List<Runnable> waiting;
    synchronized (this) {
      room = true;
      waiting = List.copyOf(retries);
      retries.clear();
    }
    waiting.forEach(Runnable::run);
  }

  public synchronized int size() {
    return taken.size();
  }

  public synchronized Submission get(int index) {
    return taken.get(index);
  }

  public synchronized List<String> payloads() {
    return taken.stream()
        .map(submission -> new String(submission.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  public void settleAll() {
    List<Submission> all;
    synchronized (this) {
      all = List.copyOf(taken);
    }
    all.forEach(Submission::settleSafe);
  }

  public void awaitSize(int size) {
    Await.until(size + " submissions", () -> size() >= size);
  }
}
