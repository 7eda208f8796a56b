package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.util.List;

/** What a writer does in one transaction. */
sealed interface Job {
  /**
   * Frames, and hellos of which none came before frames of the same edge that are not here: they
   * are answered with what the frames add to the ledger.
   *
   * @param settled of each arrival what is run when it is committed or judged; run at once, on the
   *     writer's thread
   * @param oldestNanos when the first of the frames was taken, by the monotonic clock
   */
  record Store(List<Arrival> arrivals, List<Runnable> settled, List<Hello> hellos, long oldestNanos)
      implements Job {
    public Store {
      arrivals = List.copyOf(arrivals);
      settled = List.copyOf(settled);
      hellos = List.copyOf(hellos);
    }

    /** One of the frames alone. */
    Store only(int frame) {
      return new Store(
          List.of(arrivals.get(frame)), List.of(settled.get(frame)), List.of(), oldestNanos);
    }

    static Store of(Hello hello) {
      return new Store(List.of(), List.of(), List.of(hello), 0);
    }

    int parts() {
      return arrivals.size() + hellos.size();
    }

    long bytes() {
      return arrivals.stream().mapToLong(arrival -> arrival.bytes().length).sum();
    }
  }

  /** In the order in which they were said. */
  record Sight(List<Presence> presences) implements Job {
    public Sight {
      presences = List.copyOf(presences);
    }
  }

  /** Nothing came for a while: is the database still there? */
  record Check() implements Job {}
}
