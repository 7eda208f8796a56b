package io.edgeflow.process.http;

import java.util.List;

/** Whether a process can do its work now. */
@FunctionalInterface
public interface Readiness {
  /** What is missing, one short phrase each; empty when ready. Any thread; must not block. */
  List<String> missing();

  /** What does not keep it from working and yet must be known, a sentence each; likewise. */
  default List<String> warnings() {
    return List.of();
  }
}
