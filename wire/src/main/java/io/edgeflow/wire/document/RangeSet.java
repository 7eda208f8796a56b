package io.edgeflow.wire.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of frame numbers (1 and above) that keeps neighbours together: its size in memory is the
 * number of gaps, not of members. Not safe for use by several threads.
 */
public final class RangeSet {
  /** Numbers from the first to the last, both included. */
  public record Range(long from, long to) {
    public Range {
      Ranges.check(from, to);
    }

    public long size() {
      return to - from + 1;
    }
  }

  /** First number of each range to its last; disjoint, and never touching. */
  private final TreeMap<Long, Long> ends = new TreeMap<>();

  public RangeSet() {}

  public static RangeSet of(long from, long to) {
    RangeSet set = new RangeSet();
    set.add(from, to);
    return set;
  }

  public void add(long number) {
    add(number, number);
  }

  /** Adds all numbers from the first to the last, both included. */
  public void add(long from, long to) {
    Ranges.check(from, to);
    long start = from;
    long end = to;
    Map.Entry<Long, Long> before = ends.floorEntry(from);
    if (before != null && before.getValue() >= from - 1) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    Map.Entry<Long, Long> next = ends.higherEntry(start);
    while (next != null && next.getKey() <= end + 1) {
      end = Math.max(end, next.getValue());
      ends.remove(next.getKey());
      next = ends.higherEntry(start);
    }
    ends.put(start, end);
  }

  public void addAll(RangeSet other) {
    List.copyOf(other.ranges()).forEach(range -> add(range.from(), range.to()));
  }

  /** Takes out all numbers from the first to the last, both included. */
  public void remove(long from, long to) {
    Ranges.check(from, to);
    for (Range range : intersection(from, to).ranges()) {
      Map.Entry<Long, Long> holder = ends.floorEntry(range.from());
      if (holder == null) {
        continue;
      }
      ends.remove(holder.getKey());
      if (holder.getKey() < range.from()) {
        ends.put(holder.getKey(), range.from() - 1);
      }
      if (holder.getValue() > range.to()) {
        ends.put(range.to() + 1, holder.getValue());
      }
    }
  }

  public boolean contains(long number) {
    return contains(number, number);
  }

  /** Whether every number from the first to the last is in. */
  public boolean contains(long from, long to) {
    Ranges.check(from, to);
    Map.Entry<Long, Long> holder = ends.floorEntry(from);
    return holder != null && holder.getValue() >= to;
  }

  /** The members from the first to the last number, both included. */
  public RangeSet intersection(long from, long to) {
    Ranges.check(from, to);
    RangeSet common = new RangeSet();
    Long first = ends.floorKey(from);
    for (Map.Entry<Long, Long> range : ends.tailMap(first == null ? from : first).entrySet()) {
      if (range.getKey() > to) {
        break;
      }
      if (range.getValue() >= from) {
        common.add(Math.max(from, range.getKey()), Math.min(to, range.getValue()));
      }
    }
    return common;
  }

  /** The numbers from 1 to {@code highest} that are not in; none where {@code highest} is 0. */
  public RangeSet complement(long highest) {
    RangeSet missing = new RangeSet();
    long next = 1;
    for (Map.Entry<Long, Long> range : ends.entrySet()) {
      if (range.getKey() > highest) {
        break;
      }
      if (range.getKey() > next) {
        missing.add(next, range.getKey() - 1);
      }
      next = range.getValue() + 1;
    }
    if (next <= highest) {
      missing.add(next, highest);
    }
    return missing;
  }

  /** The highest number up to which, from 1 on, all are in: the low-water mark; 0 for none. */
  public long prefix() {
    Long end = ends.get(1L);
    return end == null ? 0 : end;
  }

  /** The greatest member; 0 for none. */
  public long highest() {
    return ends.isEmpty() ? 0 : ends.lastEntry().getValue();
  }

  public boolean isEmpty() {
    return ends.isEmpty();
  }

  /** How many numbers are in. */
  public long size() {
    return ends.entrySet().stream().mapToLong(e -> e.getValue() - e.getKey() + 1).sum();
  }

  /** The members as ascending ranges that never touch; a copy. */
  public List<Range> ranges() {
    List<Range> ranges = new ArrayList<>(ends.size());
    ends.forEach((from, to) -> ranges.add(new Range(from, to)));
    return ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RangeSet set && ends.equals(set.ends);
  }

  @Override
  public int hashCode() {
    return ends.hashCode();
  }

  @Override
  public String toString() {
    return ranges().toString();
  }
}
