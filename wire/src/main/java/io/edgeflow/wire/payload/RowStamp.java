package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.Quality;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Time and quality of a row, which may stand before or behind its values. Filled again for each.
 */
final class RowStamp {
  private boolean stamped;
  private boolean senseless;
  private long micros;
  private @Nullable Quality quality;

  void clear() {
    stamped = false;
    senseless = false;
    quality = null;
  }

  /** As another, where nothing else is said. */
  void set(RowStamp other) {
    stamped = other.stamped;
    senseless = other.senseless;
    micros = other.micros;
    quality = other.quality;
  }

  /**
   * @param found empty: there is a stamp, and it makes no sense
   */
  void time(OptionalLong found) {
    stamped = found.isPresent();
    senseless = found.isEmpty();
    micros = found.orElse(0);
  }

  void quality(Quality found) {
    quality = found;
  }

  /** Gives it to the readings from this index on. */
  void apply(int first, ParsedMessage into) {
    if (stamped) {
      into.stampFrom(first, micros);
    } else if (senseless) {
      into.faultFrom(
          first, PayloadFault.BAD_STAMP, "the time cannot be read as the mapping's time.format");
    }
    if (quality != null && quality != Quality.GOOD) {
      into.qualifyFrom(first, quality);
    }
  }
}
