package io.edgeflow.inference.golden;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.prepare.Withheld;
import java.util.Optional;

/** What came of readings for one time: a row, or a reason why there is none. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Came(long timeMicros, float[] row, Quality quality, Optional<Withheld> withheld) {
  private static final float[] NO_ROW = {};

  static Came row(long timeMicros, float[] row, Quality quality) {
    return new Came(timeMicros, row.clone(), quality, Optional.empty());
  }

  static Came withheld(long timeMicros, Withheld why) {
    return new Came(timeMicros, NO_ROW, Quality.GOOD, Optional.of(why));
  }

  boolean hasRow() {
    return withheld.isEmpty();
  }
}
