package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.RangeSet;
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
  private final Confirmations confirmations = new Confirmations();

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

  void numbered(NewFrame frame) {
    long number = frame.id().number();
    if (number <= highest) {
      throw new IllegalStateException(
          "frame " + number + " of lane " + lane + " does not follow " + highest);
    }
    skip(number, Math.max(0, frame.runningTotal() - frame.readings() - runningTotal));
    highest = number;
    runningTotal = frame.runningTotal();
    hold(frame);
    totals.framed(1, frame.readings());
    if (frame.grain() == Grain.COARSE) {
      totals.coarse(frame.readings());
    }
    if (offeredBlocks.get(block(number))) {
      totals.offered(1);
    }
  }

  private void hold(NewFrame frame) {
    long number = frame.id().number();
    FrameBlock block =
        held.add(number, frame.createdMicros(), frame.bytes(), frame.readings(), frame.grain());
    stocks.count(lane, block, FrameBlock.at(number), 1);
  }

  /**
   * The running total tells how many readings the lost numbers carried together; the first one is
   * given them all.
   */
  private void skip(long next, long lostReadings) {
    long lost = next - 1 - highest;
    if (lost > 0) {
      totals.framed(lost, lostReadings);
      totals.settled(Fate.DROPPED, lost, lostReadings);
      gone.restore(List.of(new FateRange(highest + 1, next - 1, Fate.DROPPED, lostReadings)));
      confirmations.gave(Fate.DROPPED);
    }
  }

  /** As if the frame that follows this number told of it. */
  void lost(long last, long readings) {
    skip(last + 1, readings);
    highest = last;
    runningTotal += readings;
  }

  /**
   * The frame lies there. One that counted as lost to damage, or of which nothing is known, waits
   * for its verdict again; and as nobody knows whether it was sent, its block counts as offered.
   */
  void found(NewFrame frame, FramePlace place) {
    derived(frame);
    long number = frame.id().number();
    FrameBlock block = held.blockOf(number);
    if (block != null && block.isPending(FrameBlock.at(number))) {
      placed(number, place);
    }
  }

  /** As {@link #found}, of a frame whose place is not known yet. */
  void derived(NewFrame frame) {
    long number = frame.id().number();
    FateRange range = gone.of(number);
    if (number > highest) {
      numbered(frame);
      offer(number);
    } else if (range != null && range.fate() == Fate.DROPPED) {
      gone.remove(range, number, frame.readings());
      totals.settled(Fate.DROPPED, -1, -frame.readings());
      hold(frame);
      offer(number);
    }
  }

  /** Whether {@link #found} would hold this number anew. */
  boolean misses(long number) {
    FateRange range = gone.of(number);
    return number > highest || (range != null && range.fate() == Fate.DROPPED);
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

  /** Its windows cannot be merged after all. */
  void fix(long number) {
    FrameBlock block = held.blockOf(number);
    if (block != null) {
      block.grain(FrameBlock.at(number), Grain.FIXED);
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

  /** The fate of a number; null while it waits for one. */
  @Nullable Fate fate(long number) {
    FrameBlock block = held.blockOf(number);
    if (block != null) {
      return block.fate(FrameBlock.at(number));
    }
    FateRange range = gone.of(number);
    return range == null ? null : range.fate();
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

  /** Every number so far may have been sent, for all we know. */
  void offerAll() {
    for (long number = 1; number <= highest; number += FrameBlock.SIZE) {
      offer(number);
    }
    if (highest > 0) {
      offer(highest);
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
          if (before == null || yields(before, fate)) {
            judge(block, at, fate);
            changed[0] = true;
          }
        });
    return settleGivenUp(from, to, fate) || changed[0];
  }

  /** Numbers that were dropped without a verdict, and whose bytes are gone, get one (L3). */
  private boolean settleGivenUp(long from, long to, Fate fate) {
    List<FateRange> givenUp = givenUp(from, to, fate);
    givenUp.forEach(range -> settleGivenUp(range, fate));
    return !givenUp.isEmpty();
  }

  private List<FateRange> givenUp(long from, long to, Fate fate) {
    return FateCode.of(fate) >= FateCode.of(Fate.DROPPED)
        ? List.of()
        : gone.within(from, to).stream().filter(range -> range.fate() == Fate.DROPPED).toList();
  }

  private void settleGivenUp(FateRange range, Fate fate) {
    long frames = range.to() - range.from() + 1;
    totals.settled(Fate.DROPPED, -frames, -range.readings());
    totals.settled(fate, frames, range.readings());
    gone.change(range, fate);
    confirmations.gave(fate);
  }

  /**
   * Gives the numbers of a range the fate that the cloud names, as far as it can be about the bytes
   * that were numbered here, and not about those of a copy (J4): a frame that waits must have been
   * sent by this process, one that was dropped at least offered. What is in conflict stays that.
   *
   * @param sent numbers whose bytes this process sent
   * @param changed gets the numbers whose fate changed
   * @return whether any frame waits on, because it was not sent
   */
  boolean judge(long from, long to, Fate fate, LongPredicate sent, RangeSet changed) {
    boolean[] unsent = {false};
    held.visit(
        from,
        to,
        (number, block, at) -> {
          Fate before = block.fate(at);
          if (before == null && !sent.test(number)) {
            unsent[0] = true;
          } else if (before == null || (yields(before, fate) && mayBeOurs(number, before))) {
            judge(block, at, fate);
            changed.add(number);
          }
        });
    for (FateRange range : givenUp(from, to, fate)) {
      if (anyOffered(range)) {
        settleGivenUp(range, fate);
        changed.add(range.from(), range.to());
      }
    }
    return unsent[0];
  }

  private static boolean yields(Fate before, Fate fate) {
    return FateCode.of(before) > FateCode.of(fate);
  }

  private boolean mayBeOurs(long number, Fate before) {
    return switch (before) {
      case CONFLICT -> false;
      case DROPPED -> offered(number);
      case COMMITTED, SUPERSEDED, REFUSED -> true;
    };
  }

  private boolean anyOffered(FateRange range) {
    int first = offeredBlocks.nextSetBit(block(range.from()));
    return first >= 0 && first <= block(range.to());
  }

  private void judge(FrameBlock block, int at, @Nullable Fate fate) {
    Fate before = block.fate(at);
    if (before != null) {
      totals.settled(before, -1, -block.readings(at));
    }
    if (fate != null) {
      totals.settled(fate, 1, block.readings(at));
      confirmations.gave(fate);
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
    }
  }

  /**
   * Committed numbers of which nothing is held any more and nothing is known to the cloud, as the
   * dropped ranges that they are to become. Of a range that is known in part the readings are
   * shared out by numbers.
   */
  List<FateRange> goneAndLacking(RangeSet known) {
    List<FateRange> lacking = new ArrayList<>();
    for (FateRange range : gone.all()) {
      if (range.fate() == Fate.COMMITTED) {
        addLacking(range, known, lacking);
      }
    }
    return lacking;
  }

  private static void addLacking(FateRange range, RangeSet known, List<FateRange> into) {
    RangeSet missing = RangeSet.of(range.from(), range.to());
    for (RangeSet.Range there : known.intersection(range.from(), range.to()).ranges()) {
      missing.remove(there.from(), there.to());
    }
    long numbers = range.to() - range.from() + 1;
    long left = range.readings();
    for (RangeSet.Range part : missing.ranges()) {
      long readings = Math.min(left, FateRanges.share(range.readings(), part.size(), numbers));
      left -= readings;
      into.add(new FateRange(part.from(), part.to(), Fate.DROPPED, readings));
    }
  }

  /** These committed numbers are nowhere any more: one of {@link #goneAndLacking}. */
  void drop(FateRange part) {
    FateRange range = gone.of(part.from());
    if (range != null && range.fate() == Fate.COMMITTED && range.to() >= part.to()) {
      long frames = part.to() - part.from() + 1;
      long readings = Math.min(part.readings(), range.readings());
      totals.settled(Fate.COMMITTED, -frames, -readings);
      totals.settled(Fate.DROPPED, frames, readings);
      gone.change(range, new FateRange(part.from(), part.to(), Fate.DROPPED, readings));
      confirmations.gave(Fate.DROPPED);
    }
  }

  /** As the other one, for the whole range that begins at this number. */
  void drop(long from) {
    FateRange range = gone.of(from);
    if (range != null && range.from() == from) {
      drop(range);
    }
  }

  /** Nothing of it is held, and the cloud has nothing to learn from hello about it (L3). */
  boolean settled() {
    return held.isEmpty() && confirmations.complete();
  }

  /** The cloud took down what the last {@link #describe} told. */
  void confirmed() {
    confirmations.confirmed();
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
            // What was offered and given up may be committed all the same: its verdict is open.
            gone.add(number, fate, block.readings(at), n -> fate == Fate.DROPPED && offered(n));
            block.remove(at);
          }
        });
    gone.bound((before, after) -> offered(before.to()) == offered(after.from()));
  }

  /** How many ranges it takes to tell what became of numbers whose bytes are gone. */
  int goneRanges() {
    return gone.count();
  }

  private static int block(long number) {
    return Math.toIntExact(number / FrameBlock.SIZE);
  }

  /** What hello tells. */
  HeldLane describe() {
    confirmations.told();
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
    fates().forEach(range -> confirmations.gave(range.fate()));
  }

  private void restore(
      long number, HeldFramesCodec.Figures figures, @Nullable Fate fate, FramePlace place) {
    FrameBlock block =
        held.add(
            number, figures.createdMicros(), figures.bytes(), figures.readings(), figures.grain());
    int at = FrameBlock.at(number);
    block.fate(at, fate);
    block.place(at, place);
    stocks.count(lane, block, at, 1);
  }
}
