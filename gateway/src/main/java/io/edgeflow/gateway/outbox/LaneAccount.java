package io.edgeflow.gateway.outbox;

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
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The numbers of one lane in one incarnation. Owned by the owner thread. */
final class LaneAccount {
  final Lane lane;
  private final LaneTotals totals;
  private final Stocks stocks;
  private long highest;
  private long runningTotal;
  private final HeldFrames held = new HeldFrames();

  /** Fates of numbers whose bytes are gone; the fate of a held frame is with the frame. */
  private final FateRanges gone = new FateRanges();

  private final BitSet offeredBlocks = new BitSet();

  LaneAccount(Lane lane, LaneTotals totals, Stocks stocks) {
    this.lane = lane;
    this.totals = totals;
    this.stocks = stocks;
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
    FrameBlock block = held.add(number, createdMicros, bytes, readings);
    stocks.count(lane, block, FrameBlock.at(number), 1);
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

  void placed(long number, FramePlace place) {
    FrameBlock block = held.blockOf(number);
    if (block != null) {
      int at = FrameBlock.at(number);
      stocks.count(lane, block, at, -1);
      block.place(at, place);
      stocks.count(lane, block, at, 1);
    }
  }

  HeldFrames held() {
    return held;
  }

  /** The block of a number that waits for a verdict and can be read; null if it does not. */
  @Nullable FrameBlock pending(long number) {
    FrameBlock block = held.blockOf(number);
    int at = FrameBlock.at(number);
    return block != null && block.isPending(at) && block.isPlaced(at) ? block : null;
  }

  boolean offered(long number) {
    return offeredBlocks.get(block(number));
  }

  void offer(long number) {
    int block = block(number);
    if (!offeredBlocks.get(block)) {
      offeredBlocks.set(block);
      long first = (long) block * FrameBlock.SIZE;
      totals.offered(Math.min(highest, first + FrameBlock.SIZE - 1) - Math.max(1, first) + 1);
    }
  }

  /** Gives the pending numbers of a range their fate; true if that changed anything. */
  boolean settle(long from, long to, Fate fate) {
    boolean[] changed = {false};
    held.visit(
        from,
        to,
        (number, block, at) -> {
          Fate before = block.fate(at);
          // Precedence (L3): what was committed stays committed.
          if (before == null || FateCode.of(before) > FateCode.of(fate)) {
            judge(block, at, fate);
            changed[0] = true;
          }
        });
    return changed[0];
  }

  private void judge(FrameBlock block, int at, @Nullable Fate fate) {
    Fate before = block.fate(at);
    if (before != null) {
      totals.settled(before, -1, -block.readings(at));
    }
    if (fate != null) {
      totals.settled(fate, 1, block.readings(at));
    }
    stocks.count(lane, block, at, -1);
    block.fate(at, fate);
    stocks.count(lane, block, at, 1);
  }

  /** Settled numbers that are still held and that the cloud does not know: they must go again. */
  List<Long> heldButLacking(LongPredicate known) {
    List<Long> lacking = new ArrayList<>();
    held.visitAll(
        (number, block, at) -> {
          if (block.fate(at) == Fate.COMMITTED && !known.test(number)) {
            lacking.add(number);
          }
        });
    return lacking;
  }

  void reopen(long number) {
    FrameBlock block = held.blockOf(number);
    if (block != null && !block.isPending(FrameBlock.at(number))) {
      judge(block, FrameBlock.at(number), null);
      held.pendsAgain(number);
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

  /** Settled frames in these segments are held no longer. */
  void forgetSegments(LongPredicate deleted) {
    forget((block, at) -> block.isInSegment(at) && deleted.test(block.home(at)));
  }

  /** Settled frames in these files are held no longer. */
  void forgetFiles(LongPredicate deleted) {
    forget((block, at) -> block.isInFile(at) && deleted.test(block.home(at)));
  }

  private interface Choice {
    boolean test(FrameBlock block, int at);
  }

  private void forget(Choice deleted) {
    held.visitAll(
        (number, block, at) -> {
          Fate fate = block.fate(at);
          if (fate != null && deleted.test(block, at)) {
            stocks.count(lane, block, at, -1);
            gone.add(number, fate, block.readings(at));
            block.remove(at);
          }
        });
  }

  private static int block(long number) {
    return Math.toIntExact(number / FrameBlock.SIZE);
  }

  HeldLane describe() {
    return new HeldLane(lane, highest, runningTotal, fates());
  }

  private List<FateRange> fates() {
    FateRanges all = new FateRanges();
    all.restore(gone.all());
    held.visitAll(
        (number, block, at) -> {
          Fate fate = block.fate(at);
          if (fate != null) {
            all.add(number, fate, block.readings(at));
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
    HeldFramesCodec.write(out, held);
    List<FateRange> ranges = gone.all();
    out.writeInt(ranges.size());
    for (FateRange range : ranges) {
      out.writeLong(range.from());
      out.writeLong(range.to());
      out.writeByte(FateCode.of(range.fate()));
      out.writeLong(range.readings());
    }
  }

  void read(DataInput in) throws IOException {
    highest = in.readLong();
    runningTotal = in.readLong();
    byte[] offered = new byte[in.readInt()];
    in.readFully(offered);
    offeredBlocks.or(BitSet.valueOf(offered));
    HeldFramesCodec.read(in, this::restore);
    List<FateRange> ranges = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ranges.add(
          new FateRange(in.readLong(), in.readLong(), FateCode.fate(in.readByte()), in.readLong()));
    }
    gone.restore(ranges);
  }

  private void restore(
      long number,
      long createdMicros,
      int bytes,
      long readings,
      @Nullable Fate fate,
      FramePlace place) {
    FrameBlock block = held.add(number, createdMicros, bytes, readings);
    int at = FrameBlock.at(number);
    block.fate(at, fate);
    block.place(at, place);
    stocks.count(lane, block, at, 1);
  }
}
