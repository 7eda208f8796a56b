package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;

/** Makes samples of readings that arrive in the order that counts. */
interface Sampler {
  /** A reading whose value counts. */
  void use(int series, long timeMicros, double value, Quality quality, RowSink sink);

  /** A reading that no row may rest on. */
  void refuse(int series, long timeMicros, Withheld why, RowSink sink);

  /** Forgets everything. */
  void clear();
}
