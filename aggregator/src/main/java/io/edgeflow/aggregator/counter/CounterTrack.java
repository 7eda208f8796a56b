package io.edgeflow.aggregator.counter;

import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.Arrays;

/**
 * One counter: its newest reading, and what was added to its readings when. Remembers the last
 * {@link #MOST_CHANGES} changes of that.
 */
final class CounterTrack {
  static final int MOST_CHANGES = 16;

  private static final long NEVER = Long.MIN_VALUE;

  private long newestMicros = NEVER;
  private double newestRaw;

  /** What was added before the first change that is remembered. */
  private double baseOffset;

  /** When the newest change was that is forgotten: what is older is not known any more. */
  private long forgottenMicros = NEVER;

  private int changes;

  /** Of each change, oldest first: the reading that showed it, what is added from there on. */
  private long[] atMicros = {};

  private double[] offsets = {};

  /** And the reading before it, of which it fell. */
  private long[] fromMicros = {};

  private double[] fromRaws = {};

  /** What is added to the newest reading. */
  double offset() {
    return changes == 0 ? baseOffset : offsets[changes - 1];
  }

  double newestRaw() {
    return newestRaw;
  }

  int changes() {
    return changes;
  }

  Step step(long timeMicros, double raw, CounterRule rule) {
    if (newestMicros == NEVER) {
      return Step.ON;
    }
    if (timeMicros <= newestMicros) {
      return late(timeMicros, raw);
    }
    if (raw >= newestRaw) {
      return Step.ON;
    }
    return rule.rollsOver(newestRaw, raw) ? Step.ROLLED_OVER : Step.RESET;
  }

  private Step late(long timeMicros, double raw) {
    if (timeMicros == newestMicros && raw >= newestRaw && before(timeMicros, raw) == changes) {
      return Step.ON;
    }
    return timeMicros <= forgottenMicros ? Step.TOO_LATE : Step.LATE;
  }

  /** What is added to a late reading: what was in force at its time. */
  double offsetAt(long timeMicros, double raw) {
    int before = before(timeMicros, raw);
    return before == 0 ? baseOffset : offsets[before - 1];
  }

  /**
   * How many of the changes were before this reading. Between the two readings that showed a change
   * the value tells: lower than the first of them, it had fallen already.
   */
  private int before(long timeMicros, double raw) {
    int before = changes;
    while (before > 0 && !isBehind(before - 1, timeMicros, raw)) {
      before--;
    }
    return before;
  }

  private boolean isBehind(int change, long timeMicros, double raw) {
    return timeMicros > atMicros[change]
        || (timeMicros > fromMicros[change] && raw < fromRaws[change]);
  }

  /** A reading that was decided: what was added to it is the truth, whatever is known here. */
  void accept(long timeMicros, double raw, double offset) {
    if (timeMicros < newestMicros || (timeMicros == newestMicros && raw < newestRaw)) {
      return;
    }
    if (newestMicros == NEVER) {
      baseOffset = offset;
    } else if (offset != offset()) {
      if (timeMicros == newestMicros) {
        return;
      }
      change(timeMicros, offset);
    }
    newestMicros = timeMicros;
    newestRaw = raw;
  }

  private void change(long timeMicros, double offset) {
    if (changes == MOST_CHANGES) {
      forgetOldest();
    } else if (changes == offsets.length) {
      room(Math.min(MOST_CHANGES, Math.max(2, 2 * changes)));
    }
    atMicros[changes] = timeMicros;
    offsets[changes] = offset;
    fromMicros[changes] = newestMicros;
    fromRaws[changes] = newestRaw;
    changes++;
  }

  private void forgetOldest() {
    baseOffset = offsets[0];
    forgottenMicros = atMicros[0];
    changes--;
    System.arraycopy(atMicros, 1, atMicros, 0, changes);
    System.arraycopy(offsets, 1, offsets, 0, changes);
    System.arraycopy(fromMicros, 1, fromMicros, 0, changes);
    System.arraycopy(fromRaws, 1, fromRaws, 0, changes);
  }

  private void room(int size) {
    atMicros = Arrays.copyOf(atMicros, size);
    offsets = Arrays.copyOf(offsets, size);
    fromMicros = Arrays.copyOf(fromMicros, size);
    fromRaws = Arrays.copyOf(fromRaws, size);
  }

  void write(SnapshotWriter out) {
    out.number(newestMicros).real(newestRaw).real(baseOffset).number(forgottenMicros);
    out.number(changes);
    for (int i = 0; i < changes; i++) {
      out.number(atMicros[i]).real(offsets[i]).number(fromMicros[i]).real(fromRaws[i]);
    }
  }

  static CounterTrack read(SnapshotReader in) {
    CounterTrack track = new CounterTrack();
    track.newestMicros = in.number();
    track.newestRaw = in.real();
    track.baseOffset = in.real();
    track.forgottenMicros = in.number();
    track.changes = in.number(MOST_CHANGES);
    track.room(track.changes);
    for (int i = 0; i < track.changes; i++) {
      track.atMicros[i] = in.number();
      track.offsets[i] = in.real();
      track.fromMicros[i] = in.number();
      track.fromRaws[i] = in.real();
    }
    return track;
  }
}
