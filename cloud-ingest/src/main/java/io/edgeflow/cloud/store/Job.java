package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.util.List;

/** What the writer does in one transaction. */
sealed interface Job {
  /**
   * @param oldestNanos when the first of them was taken, by the monotonic clock
   */
  record Store(List<Arrival> arrivals, long oldestNanos) implements Job {
    public Store {
      arrivals = List.copyOf(arrivals);
    }

    long bytes() {
      return arrivals.stream().mapToLong(arrival -> arrival.bytes().length).sum();
    }
  }

  record Greet(Hello hello) implements Job {}

  record Sight(Presence presence) implements Job {}

  /** Nothing came for a while: is the database still there? */
  record Check() implements Job {}
}
