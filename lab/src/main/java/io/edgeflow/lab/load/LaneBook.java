package io.edgeflow.lab.load;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One lane of an edge: every number from 1 on is either pending here, with its bytes, or has a
 * fate. Not thread-safe.
 */
final class LaneBook {
  private final Lane lane;

  /** Readings of numbers 1 to the index. */
  private long[] totals = new long[16];

  /** When what the number tells of happened; by number. */
  private long[] stamps = new long[16];

  private int highest;
  private final NavigableMap<Long, Shelved> pending = new TreeMap<>();
  private final Map<Fate, RangeSet> fates = new EnumMap<>(Fate.class);
  private long pendingBytes;

  /**
   * A frame on the shelf.
   *
   * @param framedNanos when it was numbered, {@link System#nanoTime}
   * @param live whether the edge was connected then
   */
  record Shelved(OutgoingFrame frame, Bytes bytes, long framedNanos, boolean live) {}

  /** An encoded frame; never changed by anybody. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  record Bytes(byte[] array) {}

  LaneBook(Lane lane) {
    this.lane = lane;
  }

  long next() {
    return highest + 1L;
  }

  /** Readings of all numbers so far. */
  long total() {
    return totals[highest];
  }

  /** Readings of all numbers up to this one. */
  long total(long number) {
    return totals[Math.toIntExact(number)];
  }

  long stamp(long number) {
    return stamps[Math.toIntExact(number)];
  }

  /** Takes the next number. */
  void number(Shelved shelved, long stamp) {
    highest++;
    if (highest == totals.length) {
      totals = Arrays.copyOf(totals, 2 * highest);
      stamps = Arrays.copyOf(stamps, 2 * highest);
    }
    totals[highest] = totals[highest - 1] + shelved.frame().readings();
    stamps[highest] = stamp;
    shelve(shelved);
  }

  /** Back from a fate, or new. */
  void shelve(Shelved shelved) {
    long number = shelved.frame().id().number();
    fates.values().forEach(numbers -> numbers.remove(number, number));
    pending.put(number, shelved);
    pendingBytes += shelved.frame().bytes();
  }

  @Nullable Shelved find(long number) {
    return pending.get(number);
  }

  /** Gives those of the numbers that wait here a fate, and tells which. */
  void settle(long from, long to, Fate fate, Consumer<Shelved> told) {
    var waiting = List.copyOf(pending.subMap(from, true, to, true).values());
    for (Shelved shelved : waiting) {
      take(shelved, fate);
      told.accept(shelved);
    }
  }

  private void take(Shelved shelved, Fate fate) {
    long number = shelved.frame().id().number();
    pending.remove(number);
    pendingBytes -= shelved.frame().bytes();
    fates.computeIfAbsent(fate, _ -> new RangeSet()).add(number);
  }

  /** Gives the oldest up; null if nothing waits. */
  @Nullable Shelved dropOldest() {
    if (pending.isEmpty()) {
      return null;
    }
    Shelved oldest = pending.firstEntry().getValue();
    take(oldest, Fate.DROPPED);
    return oldest;
  }

  RangeSet fated(Fate fate) {
    return fates.getOrDefault(fate, new RangeSet());
  }

  FramePage page(PageRequest request) {
    boolean oldest = request.order() == BacklogOrder.OLDEST;
    NavigableMap<Long, Shelved> inOrder = oldest ? pending : pending.descendingMap();
    if (request.after() != null) {
      inOrder = inOrder.tailMap(request.after().number(), false);
    }
    var frames = inOrder.values().stream().limit(request.most()).map(Shelved::frame).toList();
    return new FramePage(frames, frames.size() == inOrder.size());
  }

  HeldLane held() {
    List<FateRange> ranges = new ArrayList<>();
    fates.forEach(
        (fate, numbers) ->
            numbers
                .ranges()
                .forEach(
                    range ->
                        ranges.add(
                            new FateRange(
                                range.from(),
                                range.to(),
                                fate,
                                total(range.to()) - total(range.from() - 1)))));
    ranges.sort(Comparator.comparingLong(FateRange::from));
    return new HeldLane(lane, highest, total(), ranges);
  }

  Amount framed() {
    return new Amount(highest, total());
  }

  Amount settled(Fate fate) {
    Amount sum = Amount.NONE;
    for (RangeSet.Range range : fated(fate).ranges()) {
      sum = sum.plus(new Amount(range.size(), total(range.to()) - total(range.from() - 1)));
    }
    return sum;
  }

  int pendingFrames() {
    return pending.size();
  }

  long pendingBytes() {
    return pendingBytes;
  }
}
