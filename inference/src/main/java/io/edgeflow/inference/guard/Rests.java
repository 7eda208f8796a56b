package io.edgeflow.inference.guard;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * How long a process must have lived before a model that it died of, and that did well before, is
 * tried again: a first time, twice that after each further death, at most {@link #LONGEST}. Any
 * thread.
 */
public final class Rests {
  static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 20;

  private final Duration first;
  private final LongSupplier nanos;
  private final Predicate<String> didWell;
  private final long begunNanos;

  /**
   * For a process that begins now.
   *
   * @param first rest
   * @param nanos monotonic time
   * @param didWell whether somebody vouches for a digest that was not survived yet
   */
  public Rests(Duration first, LongSupplier nanos, Predicate<String> didWell) {
    this.first = first;
    this.didWell = didWell;
    this.nanos = nanos;
    this.begunNanos = nanos.getAsLong();
  }

  /** Whether a model may rest though no attempt at it was survived. */
  boolean deserves(String digest) {
    return didWell.test(digest);
  }

  /**
   * @param further deaths after the one that made it rest
   * @return what is left of the rest; zero if it is over
   */
  Duration left(int further) {
    Duration all = first.multipliedBy(1L << Math.min(further, MOST_DOUBLINGS));
    Duration rest = all.compareTo(LONGEST) > 0 ? LONGEST : all;
    Duration left = rest.minusNanos(nanos.getAsLong() - begunNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
