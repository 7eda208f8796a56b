package io.edgeflow.inference.slot;

import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;

/** Lets a model prove that it gives here what it gave where it was made. */
@FunctionalInterface
public interface Golden {
  sealed interface Verdict {
    record Proven() implements Verdict {}

    record Failed(String why) implements Verdict {}
  }

  Verdict prove(Scorer scorer) throws ScoringException;
}
