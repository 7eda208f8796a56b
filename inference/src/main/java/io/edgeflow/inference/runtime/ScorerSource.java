package io.edgeflow.inference.runtime;

import java.io.IOException;

/** Where a scorer comes from, as often as it is needed. */
@FunctionalInterface
public interface ScorerSource {
  /** Takes up to seconds. */
  Scorer open() throws IOException, ModelRefusedException;
}
