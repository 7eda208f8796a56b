package io.edgeflow.process.settings;

import java.util.List;

/** What became of a JSON document. */
public sealed interface Document<T> {
  record Good<T>(T value) implements Document<T> {}

  /**
   * @param faults everything that was found to be wrong with it, at least one
   */
  record Faulty<T>(List<Fault> faults) implements Document<T> {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
