package io.edgeflow.inference.golden;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.util.List;
import java.util.Optional;

/**
 * What must come of the readings for one time.
 *
 * @param time that the row stands for, in microseconds since the epoch
 * @param scores output by output; none if there must be no row
 * @param quality of the row
 * @param withheld why there must be no row
 */
public record Expectation(
    long time, List<Double> scores, @Default("good") Quality quality, Optional<Withheld> withheld) {
  public Expectation {
    new Check()
        .that(
            withheld.isPresent() == scores.isEmpty(),
            "scores",
            "must be there, unless the row is withheld")
        .orRefuse();
  }
}
