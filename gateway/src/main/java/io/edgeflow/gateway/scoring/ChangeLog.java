package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.commissioning.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last changes of a slot, oldest first. Thread-safe. */
final class ChangeLog {
  private static final int MOST = 10;

  private final Deque<Status.ModelChange> changes = new ArrayDeque<>();

  synchronized void add(Status.ModelChange asked) {
    if (changes.size() == MOST) {
      changes.removeFirst();
    }
    changes.addLast(asked);
  }

  /** What became of one. */
  synchronized void end(long id, String outcome, String detail) {
    List<Status.ModelChange> all = List.copyOf(changes);
    changes.clear();
    for (Status.ModelChange one : all) {
      changes.add(one.id() == id ? one.ended(outcome, detail) : one);
    }
  }

  synchronized List<Status.ModelChange> list() {
    return List.copyOf(changes);
  }
}
