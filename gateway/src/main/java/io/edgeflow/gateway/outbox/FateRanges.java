package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Settled numbers as disjoint ranges of equal fate, with the readings that they carried together.
 * Only numbers whose frames are no longer held, so that verdicts cannot change them one by one: the
 * sum of a range could not be divided.
 *
 * <p>Memory: about 100 bytes a range. Above {@value #MOST} of them neighbours of equal fate are
 * joined, oldest first; numbers between which another fate lies stay apart.
 */
final class FateRanges {
  static final int MOST = 1024;

  private final TreeMap<Long, FateRange> byFrom = new TreeMap<>();

  /** Adds a number that has no fate here yet. */
  void add(long number, Fate fate, long readings) {
    add(number, fate, readings, neverAlone -> false);
  }

  /**
   * As the other one.
   *
   * @param alone numbers that are not joined with their neighbours, so that they can still get
   *     another fate one by one
   */
  void add(long number, Fate fate, long readings, LongPredicate alone) {
    long from = number;
    long to = number;
    long total = readings;
    boolean joins = !alone.test(number);
    FateRange before = covering(number - 1);
    if (joins && before != null && before.fate() == fate && !alone.test(number - 1)) {
      from = before.from();
      total += before.readings();
    }
    FateRange after = byFrom.get(number + 1);
    if (joins && after != null && after.fate() == fate && !alone.test(number + 1)) {
      to = after.to();
      total += after.readings();
      byFrom.remove(after.from());
    }
    byFrom.put(from, new FateRange(from, to, fate, total));
  }

  /** The range of a number; null if it has no fate here. */
  @Nullable FateRange of(long number) {
    return covering(number);
  }

  /**
   * Takes a number out of its range, because its bytes were found after all. What is left of the
   * range keeps what is left of its readings, together.
   */
  void remove(FateRange range, long number, long readings) {
    byFrom.remove(range.from());
    long left = Math.max(0, range.readings() - readings);
    if (range.from() < number) {
      byFrom.put(range.from(), new FateRange(range.from(), number - 1, range.fate(), left));
      left = 0;
    }
    if (number < range.to()) {
      byFrom.put(number + 1, new FateRange(number + 1, range.to(), range.fate(), left));
    }
  }

  /** Gives a whole range another fate; it must be one of {@link #all()}. */
  void change(FateRange range, Fate fate) {
    byFrom.put(range.from(), new FateRange(range.from(), range.to(), fate, range.readings()));
  }

  /** A pair of neighbours. */
  interface Neighbours {
    boolean test(FateRange before, FateRange after);
  }

  /**
   * Joins neighbours of equal fate until half of what may be is left, if there are more ranges than
   * that: what was kept apart for single verdicts is known in sum from then on, and only a verdict
   * on all of it changes it. Depends on nothing but the ranges, so a replay comes to the same.
   */
  void bound(Neighbours mayJoin) {
    int tooMany = byFrom.size() <= MOST ? 0 : byFrom.size() - MOST / 2;
    FateRange before = null;
    for (FateRange range : tooMany == 0 ? List.<FateRange>of() : all()) {
      if (tooMany > 0 && before != null && touch(before, range) && mayJoin.test(before, range)) {
        long readings = before.readings() + range.readings();
        byFrom.remove(range.from());
        before = new FateRange(before.from(), range.to(), range.fate(), readings);
        byFrom.put(before.from(), before);
        tooMany--;
      } else {
        before = range;
      }
    }
  }

  private static boolean touch(FateRange before, FateRange after) {
    return before.to() + 1 == after.from() && before.fate() == after.fate();
  }

  /**
   * Gives a part of one range another fate. What is left of its readings stays with what is left of
   * its numbers, before and behind the part in proportion: nobody knows how many each one carried.
   *
   * @param part with its new fate and its readings, at most those of the range
   */
  void change(FateRange range, FateRange part) {
    byFrom.remove(range.from());
    long left = range.readings() - part.readings();
    long before = part.from() - range.from();
    long behind = range.to() - part.to();
    long readingsBefore = behind == 0 ? left : share(left, before, before + behind);
    if (before > 0) {
      byFrom.put(
          range.from(), new FateRange(range.from(), part.from() - 1, range.fate(), readingsBefore));
    }
    byFrom.put(part.from(), part);
    if (behind > 0) {
      byFrom.put(
          part.to() + 1,
          new FateRange(part.to() + 1, range.to(), range.fate(), left - readingsBefore));
    }
  }

  /** So much of these readings as some of the numbers carry, if all carry the same. */
  static long share(long readings, long some, long numbers) {
    return some == numbers ? readings : Math.round((double) readings * some / numbers);
  }

  void restore(Collection<FateRange> ranges) {
    for (FateRange range : ranges) {
      byFrom.put(range.from(), range);
    }
  }

  List<FateRange> all() {
    return new ArrayList<>(byFrom.values());
  }

  /** Those that lie between these numbers, both included. */
  List<FateRange> within(long from, long to) {
    return byFrom.subMap(from, true, to, true).values().stream()
        .filter(range -> range.to() <= to)
        .toList();
  }

  int count() {
    return byFrom.size();
  }

  private @Nullable FateRange covering(long number) {
    Map.Entry<Long, FateRange> entry = byFrom.floorEntry(number);
    return entry == null || entry.getValue().to() < number ? null : entry.getValue();
  }
}
