package io.edgeflow.gateway.outbox;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.frame.Lane;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The numbers of one lane in one incarnation. Owned by the owner thread. */
final class LaneAccount {
  /** Numbers are offered to the cloud in aligned blocks of this size (J7). */
  static final int BLOCK = 64;

  final Lane lane;
  final LaneTotals totals;
  private long highest;
  private long runningTotal;
  private final TreeMap<Long, HeldFrame> held = new TreeMap<>();

  /** Fates of numbers whose bytes are gone; the fate of a held frame is in the frame. */
  private final FateRanges gone = new FateRanges();

  private final BitSet offeredBlocks = new BitSet();

  LaneAccount(Lane lane, LaneTotals totals) {
    this.lane = lane;
    this.totals = totals;
  }

  long highest() {
    return highest;
  }

  long runningTotal() {
    return runningTotal;
  }

  void numbered(long number, long createdMicros, int bytes, long readings, long totalWithIt) {
    if (number <= highest) {
      throw new IllegalStateException(
          "frame " + number + " of lane " + lane + " does not follow " + highest);
    }
    skip(number, totalWithIt - readings - runningTotal);
    highest = number;
    runningTotal = totalWithIt;
    held.put(number, new HeldFrame(createdMicros, bytes, readings));
    totals.framed(readings);
    if (offeredBlocks.get(block(number))) {
      totals.offered(1);
    }
  }

  /**
   * The running total tells how many readings the lost numbers carried together; the first one is
   * given them all.
   */
  private void skip(long next, long lostReadings) {
    long readings = lostReadings;
    for (long lost = highest + 1; lost < next; lost++) {
      totals.framed(readings);
      totals.settled(Fate.DROPPED, 1, readings);
      gone.add(lost, Fate.DROPPED, readings);
      readings = 0;
    }
  }

  void placed(long number, LogPosition position) {
    HeldFrame frame = held.get(number);
    if (frame != null) {
      frame.position = position;
    }
  }

  @Nullable HeldFrame held(long number) {
    return held.get(number);
  }

  Map<Long, HeldFrame> held() {
    return held;
  }

  boolean offered(long number) {
    return offeredBlocks.get(block(number));
  }

  void offer(long number) {
    int block = block(number);
    if (!offeredBlocks.get(block)) {
      offeredBlocks.set(block);
      long first = (long) block * BLOCK;
      totals.offered(Math.min(highest, first + BLOCK - 1) - Math.max(1, first) + 1);
    }
  }

  /** Gives the pending numbers of a range their fate; true if that changed anything. */
  boolean settle(long from, long to, Fate fate) {
    boolean changed = false;
    for (Map.Entry<Long, HeldFrame> entry : range(from, to).entrySet()) {
      HeldFrame frame = entry.getValue();
      Fate before = frame.fate;
      // Precedence (L3): what was committed stays committed.
      if (before != null && FateCode.of(before) <= FateCode.of(fate)) {
        continue;
      }
      if (before != null) {
        totals.settled(before, -1, -frame.readings);
      }
      frame.fate = fate;
      totals.settled(fate, 1, frame.readings);
      changed = true;
    }
    return changed;
  }

  /** Settled numbers that are still held and that the cloud does not know: they must go again. */
  List<Long> heldButLacking(LongPredicate known) {
    List<Long> lacking = new ArrayList<>();
    for (Map.Entry<Long, HeldFrame> entry : held.entrySet()) {
      if (entry.getValue().fate == Fate.COMMITTED && !known.test(entry.getKey())) {
        lacking.add(entry.getKey());
      }
    }
    return lacking;
  }

  void reopen(long number) {
    HeldFrame frame = held.get(number);
    if (frame != null && frame.fate != null) {
      totals.settled(frame.fate, -1, -frame.readings);
      frame.fate = null;
    }
  }

  /** Committed ranges of which nothing is held any more and nothing is known to the cloud. */
  List<FateRange> goneAndLacking(LongPredicate known) {
    return gone.all().stream()
        .filter(range -> range.fate() == Fate.COMMITTED)
        .filter(range -> !known.test(range.from()) && !known.test(range.to()))
        .toList();
  }

  void drop(long from) {
    for (FateRange range : gone.all()) {
      if (range.from() == from && range.fate() == Fate.COMMITTED) {
        long frames = range.to() - range.from() + 1;
        totals.settled(Fate.COMMITTED, -frames, -range.readings());
        totals.settled(Fate.DROPPED, frames, range.readings());
        gone.change(range, Fate.DROPPED);
      }
    }
  }

  boolean hasDropped() {
    return gone.all().stream().anyMatch(range -> range.fate() == Fate.DROPPED);
  }

  void forgetSegments(LongPredicate deleted) {
    held.entrySet()
        .removeIf(
            entry -> {
              HeldFrame frame = entry.getValue();
              Fate fate = frame.fate;
              LogPosition position = frame.position;
              if (fate == null || position == null || !deleted.test(position.segment())) {
                return false;
              }
              gone.add(entry.getKey(), fate, frame.readings);
              return true;
            });
  }

  boolean pendingIn(long segment) {
    return held.values().stream().anyMatch(frame -> lies(frame, segment) && frame.pending());
  }

  private static boolean lies(HeldFrame frame, long segment) {
    return frame.position != null && frame.position.segment() == segment;
  }

  private Map<Long, HeldFrame> range(long from, long to) {
    return from > to ? Map.of() : held.subMap(from, true, to, true);
  }

  private static int block(long number) {
    return Math.toIntExact(number / BLOCK);
  }

  HeldLane describe() {
    return new HeldLane(lane, highest, runningTotal, fates());
  }

  private List<FateRange> fates() {
    FateRanges all = new FateRanges();
    all.restore(gone.all());
    held.forEach(
        (number, frame) -> {
          Fate fate = frame.fate;
          if (fate != null) {
            all.add(number, fate, frame.readings);
          }
        });
    return all.all();
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(highest);
    out.writeLong(runningTotal);
    byte[] offered = offeredBlocks.toByteArray();
    out.writeInt(offered.length);
    out.write(offered);
    out.writeInt(held.size());
    for (Map.Entry<Long, HeldFrame> entry : held.entrySet()) {
      writeHeld(out, entry.getKey(), entry.getValue());
    }
    List<FateRange> ranges = gone.all();
    out.writeInt(ranges.size());
    for (FateRange range : ranges) {
      out.writeLong(range.from());
      out.writeLong(range.to());
      out.writeByte(FateCode.of(range.fate()));
      out.writeLong(range.readings());
    }
  }

  private static void writeHeld(DataOutput out, long number, HeldFrame frame) throws IOException {
    LogPosition position = frame.position;
    if (position == null) {
      throw new IllegalStateException("frame " + number + " has no place in the journal yet");
    }
    out.writeLong(number);
    out.writeLong(frame.createdMicros);
    out.writeInt(frame.bytes);
    out.writeLong(frame.readings);
    out.writeByte(frame.fate == null ? -1 : FateCode.of(frame.fate));
    out.writeLong(position.segment());
    out.writeLong(position.offset());
    out.writeInt(position.length());
  }

  void read(DataInput in) throws IOException {
    highest = in.readLong();
    runningTotal = in.readLong();
    byte[] offered = new byte[in.readInt()];
    in.readFully(offered);
    offeredBlocks.or(BitSet.valueOf(offered));
    for (int left = in.readInt(); left > 0; left--) {
      readHeld(in);
    }
    List<FateRange> ranges = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ranges.add(
          new FateRange(in.readLong(), in.readLong(), FateCode.fate(in.readByte()), in.readLong()));
    }
    gone.restore(ranges);
  }

  private void readHeld(DataInput in) throws IOException {
    long number = in.readLong();
    HeldFrame frame = new HeldFrame(in.readLong(), in.readInt(), in.readLong());
    int fate = in.readByte();
    frame.fate = fate < 0 ? null : FateCode.fate(fate);
    frame.position = new LogPosition(in.readLong(), in.readLong(), in.readInt());
    held.put(number, frame);
  }
}
