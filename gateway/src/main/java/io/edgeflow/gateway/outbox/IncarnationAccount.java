package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The lanes of one incarnation (J4). Owned by the owner thread. */
final class IncarnationAccount {
  final Incarnation id;
  final @Nullable Incarnation parent;
  boolean sealed;
  private final Map<Lane, LaneAccount> lanes = new EnumMap<>(Lane.class);

  IncarnationAccount(
      Incarnation id, @Nullable Incarnation parent, Map<Lane, LaneTotals> totals, Stocks stocks) {
    this.id = id;
    this.parent = parent;
    totals.forEach((lane, total) -> lanes.put(lane, new LaneAccount(lane, total, stocks)));
  }

  LaneAccount lane(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane));
  }

  /**
   * Calls the sink for each frame of a lane that waits for a verdict, can be read, and is chosen.
   */
  void pending(Lane lane, HomeChoice choice, Consumer<HeldFrame> sink) {
    lane(lane)
        .held()
        .visitAll(
            (number, block, at) -> {
              if (block.isPending(at)
                  && block.isPlaced(at)
                  && choice.test(block.isInFile(at), block.home(at))) {
                sink.accept(describe(lane, block, at));
              }
            });
  }

  private HeldFrame describe(Lane lane, FrameBlock block, int at) {
    long number = block.number(at);
    return new HeldFrame(
        new FrameId(id, lane, number),
        block.place(at),
        block.createdMicros(at),
        block.bytes(at),
        block.readings(at),
        block.grain(at),
        lane(lane).offered(number));
  }

  void collectPending(List<OutgoingFrame> into) {
    for (LaneAccount lane : lanes.values()) {
      lane.held()
          .visitAll(
              (number, block, at) -> {
                if (block.isPending(at) && block.isPlaced(at)) {
                  into.add(outgoing(lane.lane, block, at));
                }
              });
    }
  }

  /** The frame, if it waits for a verdict and can be read. */
  @Nullable OutgoingFrame pending(Lane lane, long number) {
    FrameBlock block = lane(lane).pending(number);
    return block == null ? null : outgoing(lane, block, FrameBlock.at(number));
  }

  OutgoingFrame outgoing(Lane lane, FrameBlock block, int at) {
    FrameId frame = new FrameId(id, lane, block.number(at));
    return new OutgoingFrame(frame, block.place(at), block.bytes(at), block.readings(at));
  }

  /** {@link Long#MAX_VALUE} if nothing is pending. */
  long oldestPendingMicros() {
    return lanes.values().stream()
        .mapToLong(lane -> lane.held().oldestPendingMicros())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  void forgetSegments(LongPredicate gone) {
    lanes.values().forEach(lane -> lane.forgetSegments(gone));
  }

  void forgetFiles(LongPredicate gone) {
    lanes.values().forEach(lane -> lane.forgetFiles(gone));
  }

  /** Nothing of it is held, and the cloud has nothing to learn from hello about it (L3). */
  boolean settled() {
    return lanes.values().stream().allMatch(LaneAccount::settled);
  }

  /** How many ranges it takes to tell what became of frames that are gone. */
  int goneRanges() {
    return lanes.values().stream().mapToInt(LaneAccount::goneRanges).sum();
  }

  /** It never numbered a frame. */
  boolean isEmpty() {
    return lanes.values().stream().allMatch(lane -> lane.highest() == 0);
  }

  HeldIncarnation describe() {
    return new HeldIncarnation(
        id,
        parent,
        lanes.values().stream()
            .filter(lane -> lane.highest() > 0)
            .map(LaneAccount::describe)
            .toList());
  }

  void write(DataOutput out) throws IOException {
    write(out, id);
    writeOptional(out, parent);
    out.writeBoolean(sealed);
    for (LaneAccount lane : lanes.values()) {
      lane.write(out);
    }
  }

  static IncarnationAccount read(DataInput in, Map<Lane, LaneTotals> totals, Stocks stocks)
      throws IOException {
    Incarnation id = readIncarnation(in);
    Incarnation parent = readOptional(in);
    IncarnationAccount account = new IncarnationAccount(id, parent, totals, stocks);
    account.sealed = in.readBoolean();
    for (LaneAccount lane : account.lanes.values()) {
      lane.read(in);
    }
    return account;
  }

  static void writeOptional(DataOutput out, @Nullable Incarnation incarnation) throws IOException {
    out.writeBoolean(incarnation != null);
    if (incarnation != null) {
      write(out, incarnation);
    }
  }

  static @Nullable Incarnation readOptional(DataInput in) throws IOException {
    return in.readBoolean() ? readIncarnation(in) : null;
  }

  private static void write(DataOutput out, Incarnation incarnation) throws IOException {
    out.writeLong(incarnation.hi());
    out.writeLong(incarnation.lo());
  }

  private static Incarnation readIncarnation(DataInput in) throws IOException {
    return new Incarnation(in.readLong(), in.readLong());
  }
}
