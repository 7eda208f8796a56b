package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.util.List;

/** What the writer does in one transaction. */
sealed interface Job {
  record Store(List<Arrival> arrivals) implements Job {
    public Store {
      arrivals = List.copyOf(arrivals);
    }
  }

  record Greet(Hello hello) implements Job {}

  record Sight(Presence presence) implements Job {}

  /** Nothing came for a while: is the database still there? */
  record Check() implements Job {}
}
