package io.edgeflow.cloud.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A set of frame numbers as disjoint ranges; its text is PostgreSQL's {@code int8multirange}.
 * Numbers are 1 to {@link #MAX}. Not thread-safe.
 */
public final class Numbers {
  /** Beyond any number a frame will ever reach, and safe to add to. */
  public static final long MAX = 1L << 60;

  /** From the first to the last, both included. */
  public record Range(long from, long to) {
    public Range {
      if (from < 1 || to < from || to > MAX) {
        throw new IllegalArgumentException("not a range of frame numbers: " + from + ".." + to);
      }
    }

    public long size() {
      return to - from + 1;
    }
  }

  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  public static Numbers of(Range range) {
    Numbers numbers = new Numbers();
    numbers.add(range);
    return numbers;
  }

  /** Reads {@code {[1,5),[7,9)}}, the form in which PostgreSQL writes it. */
  public static Numbers parse(String multirange) {
    Numbers numbers = new Numbers();
    if (multirange.equals("{}")) {
      return numbers;
    }
    for (String part : multirange.substring(2, multirange.length() - 2).split("\\),\\[")) {
      int comma = part.indexOf(',');
      long from = Long.parseLong(part.substring(0, comma));
      numbers.add(new Range(from, Long.parseLong(part.substring(comma + 1)) - 1));
    }
    return numbers;
  }

  public boolean contains(long number) {
    Map.Entry<Long, Long> below = ranges.floorEntry(number);
    return below != null && below.getValue() >= number;
  }

  public boolean containsAll(Range range) {
    Map.Entry<Long, Long> below = ranges.floorEntry(range.from());
    return below != null && below.getValue() >= range.to();
  }

  public boolean intersects(Range range) {
    Map.Entry<Long, Long> below = ranges.floorEntry(range.to());
    return below != null && below.getValue() >= range.from();
  }

  public void add(long number) {
    add(new Range(number, number));
  }

  public void add(Range range) {
    long from = range.from();
    long to = range.to();
    Map.Entry<Long, Long> near = ranges.floorEntry(to + 1);
    while (near != null && near.getValue() >= from - 1) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      ranges.remove(near.getKey());
      near = ranges.floorEntry(to + 1);
    }
    ranges.put(from, to);
  }

  public void addAll(Numbers others) {
    others.ranges().forEach(this::add);
  }

  public void remove(Range range) {
    Map.Entry<Long, Long> near = ranges.floorEntry(range.to());
    while (near != null && near.getValue() >= range.from()) {
      ranges.remove(near.getKey());
      if (near.getKey() < range.from()) {
        ranges.put(near.getKey(), range.from() - 1);
      }
      if (near.getValue() > range.to()) {
        ranges.put(range.to() + 1, near.getValue());
      }
      near = ranges.floorEntry(range.to());
    }
  }

  public void removeAll(Numbers others) {
    others.ranges().forEach(this::remove);
  }

  /** Those of this set that lie in the range. */
  public Numbers within(Range range) {
    Numbers found = new Numbers();
    Long start = ranges.floorKey(range.from());
    for (Map.Entry<Long, Long> entry :
        ranges.subMap(start == null ? 1L : start, true, range.to(), true).entrySet()) {
      long from = Math.max(entry.getKey(), range.from());
      long to = Math.min(entry.getValue(), range.to());
      if (from <= to) {
        found.add(new Range(from, to));
      }
    }
    return found;
  }

  /** Those that both sets have. */
  public Numbers intersection(Numbers other) {
    Numbers found = new Numbers();
    other.ranges().forEach(range -> found.addAll(within(range)));
    return found;
  }

  /** How many numbers. */
  public long size() {
    return ranges().stream().mapToLong(Range::size).sum();
  }

  /** The least; there must be one. */
  public long first() {
    return ranges.firstKey();
  }

  /** The greatest; there must be one. */
  public long last() {
    return ranges.lastEntry().getValue();
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Ascending; between two of them at least one number is missing. */
  public List<Range> ranges() {
    List<Range> all = new ArrayList<>(ranges.size());
    ranges.forEach((from, to) -> all.add(new Range(from, to)));
    return all;
  }

  /** The numbers, ascending. */
  public LongStream stream() {
    return ranges().stream().flatMapToLong(r -> LongStream.rangeClosed(r.from(), r.to()));
  }

  public Numbers copy() {
    Numbers copy = new Numbers();
    copy.ranges.putAll(ranges);
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Numbers numbers && ranges.equals(numbers.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  /** PostgreSQL's text form. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    ranges.forEach(
        (from, to) ->
            text.append(text.length() > 1 ? ",[" : "[")
                .append(from)
                .append(',')
                .append(to + 1)
                .append(')'));
    return text.append('}').toString();
  }
}
