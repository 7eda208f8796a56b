package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/** Why there is no row. Of several reasons the first in this order is told. */
public enum Withheld {
  /** A reading was bad, and the manifest refuses that. */
  BAD_QUALITY(0),
  /** A reading was stale, and the manifest refuses that. */
  STALE_INPUT(1),
  /** A reading was uncertain, and the manifest refuses that. */
  UNCERTAIN_INPUT(2),
  /** A value was too large for a model's numbers. */
  OUT_OF_RANGE(3),
  /** A series was silent for too long, or the row since then is not yet full again. */
  GAP(4),
  /** There were not yet enough readings. */
  WARMING_UP(5);

  private static final Withheld[] BY_RANK = values();

  private final int rank;

  Withheld(int rank) {
    this.rank = rank;
  }

  static Withheld of(Quality refused) {
    return switch (refused) {
      case UNCERTAIN -> UNCERTAIN_INPUT;
      case STALE -> STALE_INPUT;
      case GOOD, BAD -> BAD_QUALITY;
    };
  }

  /** The reason to tell of two, if there is any. */
  static @Nullable Withheld graver(@Nullable Withheld one, @Nullable Withheld other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.rank <= other.rank ? one : other;
  }

  static Withheld ofRank(int rank) {
    return BY_RANK[rank];
  }

  int rank() {
    return rank;
  }
}
