package io.edgeflow.models.recipe;

import io.edgeflow.inference.bundle.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants a model for.
 *
 * @param name of the model
 * @param version of the model
 * @param series whose readings it looks at
 * @param period from one sample to the next; empty: each reading is a sample, or for several series
 *     what fits their rates
 */
public record Wish(String name, String version, List<Selector> series, Optional<Duration> period) {
  public Wish {
    series = List.copyOf(series);
  }
}
