package io.edgeflow.inference.bundle;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;

/** What a reading is worth that is not good. */
public record QualityRule(
    @Default("use") Treatment uncertain,
    @Default("refuse") Treatment stale,
    @Default("refuse") Treatment bad) {
  /** What becomes of a reading. */
  public enum Treatment {
    /** Its value counts, and the row has its quality. */
    USE,
    /** As if it had not come: what is missing then is a gap. */
    SKIP,
    /** No row rests on it, or on the time after it until a reading that counts. */
    REFUSE
  }

  public QualityRule {
    new Check()
        .that(bad != Treatment.USE, "bad", "must be skip or refuse: it has no value")
        .orRefuse();
  }

  public Treatment of(Quality quality) {
    return switch (quality) {
      case GOOD -> Treatment.USE;
      case UNCERTAIN -> uncertain;
      case STALE -> stale;
      case BAD -> bad;
    };
  }
}
