package io.edgeflow.aggregator.reading;

import java.util.Locale;
import java.util.Optional;

/** How far a reading may be trusted; kept from the poll to the dashboard. */
public enum Quality {
  GOOD(0),
  /** The value is real, but its time or origin is suspect: an unbelieved clock, a substitute. */
  UNCERTAIN(1),
  /** The source repeats itself: there was no new value. */
  STALE(2),
  /** The source failed: there is no value. */
  BAD(3);

  private static final Quality[] BY_CODE = {GOOD, UNCERTAIN, STALE, BAD};

  private final int code;
  private final String word = name().toLowerCase(Locale.ROOT);

  Quality(int code) {
    this.code = code;
  }

  /** As in payloads and documents: {@code uncertain}. */
  public String word() {
    return word;
  }

  public static Optional<Quality> ofWord(String word) {
    for (Quality quality : BY_CODE) {
      if (quality.word.equals(word)) {
        return Optional.of(quality);
      }
    }
    return Optional.empty();
  }

  /** The number that stands for this quality on disk and on the wire; never changes. */
  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no quality has this code
   */
  public static Quality ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no quality has code " + code);
    }
    return BY_CODE[code];
  }

  /** True if the value takes part in aggregates; stale and bad readings are only counted (W2). */
  public boolean carriesValue() {
    return this == GOOD || this == UNCERTAIN;
  }
}
