package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.GapRule;
import io.edgeflow.inference.bundle.Resampling;
import org.jspecify.annotations.Nullable;

/** One series on the grid: what waits in its slots, and what is known of it from before them. */
final class Track {
  private final SampleRule rule;
  private final Slots slots;
  private final double[] held;

  private long newestSlot;
  private boolean valued;
  private long valuedMicros;
  private double value;
  private int valueQuality;
  private boolean hasHeld;
  private long heldMicros;
  private int heldQuality;
  private @Nullable Withheld refused;

  private boolean comes;
  private long comingMicros;
  private double coming;
  private int comingQuality;

  private int sampleQuality;
  private boolean sampleFilled;

  Track(SampleRule rule) {
    this.rule = rule;
    this.slots = new Slots(rule.waiting());
    this.held = new double[rule.width()];
    clear();
  }

  void clear() {
    for (int at = 0; at < slots.count.length; at++) {
      slots.clear(at);
    }
    newestSlot = Long.MIN_VALUE;
    valued = false;
    hasHeld = false;
    refused = null;
    comes = false;
  }

  /** A reading is about to come to a slot that others must be decided before. */
  void expect(long timeMicros, double nextValue, Quality quality) {
    comes = true;
    comingMicros = timeMicros;
    coming = nextValue;
    comingQuality = quality.code();
  }

  void use(long slot, long timeMicros, double used, Quality quality) {
    comes = false;
    newestSlot = slot;
    slots.use(slots.at(slot), timeMicros, used, quality);
  }

  void refuse(long slot, Withheld why) {
    newestSlot = slot;
    slots.refuse(slots.at(slot), why);
  }

  /** A reading of a slot that is decided: it may stand for the slots after it. */
  void useLate(long timeMicros, double late, Quality quality) {
    know(timeMicros, late, quality.code());
    holdValue(late, quality.code());
    refused = null;
  }

  void refuseLate(Withheld why) {
    refused = why;
  }

  /** Whether nothing waits, and what is known lies so far back that nothing can be made of it. */
  boolean silent(long timeMicros) {
    return slots.waiting() == 0 && (!valued || timeMicros - valuedMicros > rule.maxGapMicros());
  }

  /**
   * Decides a slot and forgets it.
   *
   * @param into receives the sample from this place on
   * @return why there is none, or null
   */
  @Nullable Withheld decide(long slot, double[] into, int place) {
    int at = slots.at(slot);
    if (slot > newestSlot || !slots.touched(at)) {
      return refused != null ? refused : fill(slot, into, place);
    }
    int count = slots.count[at];
    if (count > 0) {
      know(slots.lastMicros[at], slots.last[at], slots.lastQuality(at));
    }
    Withheld why = slots.refused(at) ? slots.refusal(at) : null;
    refused = slots.refusedAtEnd(at) ? slots.refusalAtEnd(at) : null;
    if (why != null) {
      if (count > 0) {
        holdValue(value, valueQuality);
      }
    } else if (count >= rule.minCount()) {
      sample(slot, at);
      System.arraycopy(held, 0, into, place, held.length);
    } else {
      why = fill(slot, into, place);
    }
    slots.clear(at);
    return why;
  }

  /** Code of the quality of the sample that was decided last. */
  int sampleQuality() {
    return sampleQuality;
  }

  /** Whether the sample that was decided last had no reading of its own. */
  boolean sampleFilled() {
    return sampleFilled;
  }

  private void know(long timeMicros, double known, int quality) {
    valued = true;
    valuedMicros = timeMicros;
    value = known;
    valueQuality = quality;
  }

  /** What is held when no sample could be made; of a minute nothing can. */
  private void holdValue(double single, int quality) {
    if (rule.statistics().isEmpty()) {
      held[0] = single;
      holdAs(quality);
    }
  }

  private void sample(long slot, int at) {
    sampleFilled = false;
    sampleQuality = slots.worstQuality(at);
    if (!rule.statistics().isEmpty()) {
      for (int i = 0; i < held.length; i++) {
        held[i] = statistic(i, at);
      }
    } else if (rule.method() == Resampling.Method.MEAN) {
      held[0] = slots.sum[at] / slots.count[at];
    } else {
      held[0] = value;
      sampleQuality = valueQuality;
      if (rule.method() == Resampling.Method.LINEAR && valuedMicros < rule.time(slot)) {
        onTheLine(slot, held, 0);
      }
    }
    holdAs(sampleQuality);
  }

  /** What is held is as old as the newest value in it, whatever came since. */
  private void holdAs(int quality) {
    heldQuality = quality;
    heldMicros = valuedMicros;
    hasHeld = true;
  }

  private double statistic(int which, int at) {
    return switch (rule.statistics().get(which)) {
      case COUNT -> slots.count[at];
      case MIN -> slots.min[at];
      case MAX -> slots.max[at];
      case MEAN -> slots.sum[at] / slots.count[at];
      case STD -> slots.deviation(at);
      case FIRST -> slots.first[at];
      case LAST -> slots.last[at];
    };
  }

  private @Nullable Withheld fill(long slot, double[] into, int place) {
    if (!valued) {
      return Withheld.WARMING_UP;
    }
    sampleFilled = true;
    boolean there =
        switch (rule.fill()) {
          case REFUSE -> false;
          case HOLD -> hold(slot, into, place);
          case INTERPOLATE -> onTheLine(slot, into, place);
        };
    if (there && rule.fill() == GapRule.Fill.INTERPOLATE) {
      held[0] = into[place];
    }
    return there ? null : Withheld.GAP;
  }

  private boolean hold(long slot, double[] into, int place) {
    if (!hasHeld || rule.time(slot) - heldMicros > rule.maxGapMicros()) {
      return false;
    }
    System.arraycopy(held, 0, into, place, held.length);
    sampleQuality = heldQuality;
    return true;
  }

  /** From the newest value to the next one, if that is known, counts and is not too far away. */
  private boolean onTheLine(long slot, double[] into, int place) {
    long nextMicros;
    double next;
    int quality;
    long found = nextTouched(slot);
    if (found != Long.MIN_VALUE) {
      int at = slots.at(found);
      if (slots.refusedAtStart(at)) {
        return false;
      }
      nextMicros = slots.firstMicros[at];
      next = slots.first[at];
      quality = slots.firstQuality(at);
    } else if (comes) {
      nextMicros = comingMicros;
      next = coming;
      quality = comingQuality;
    } else {
      return false;
    }
    if (nextMicros - valuedMicros > rule.maxGapMicros()) {
      return false;
    }
    double share = (double) (rule.time(slot) - valuedMicros) / (nextMicros - valuedMicros);
    into[place] = value + (next - value) * share;
    sampleQuality = Math.max(valueQuality, quality);
    return true;
  }

  private long nextTouched(long slot) {
    for (long later = slot + 1; later <= newestSlot; later++) {
      if (slots.touched(slots.at(later))) {
        return later;
      }
    }
    return Long.MIN_VALUE;
  }
}
