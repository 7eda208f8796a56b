package io.edgeflow.lab.load;

import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.Outbox;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.gateway.outbox.SentFrames;
import io.edgeflow.lab.load.LaneBook.Bytes;
import io.edgeflow.lab.load.LaneBook.Shelved;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for an edge's journal and backlog: the frames without a verdict, in memory, and
 * the exact book of all others. Only one incarnation, no copies, no coarsening: where there is no
 * room the oldest windows are dropped.
 *
 * <p>All of it on the thread of the edge's uplink, except what says otherwise.
 */
final class EdgeShelf implements Outbox {
  /** Nothing lies on a disk. */
  private static final FramePlace MEMORY = new FramePlace.InFile(0);

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final Incarnation incarnation;
  private final PlantFrames plant;
  private final long bufferBytes;
  private final Lags lags;
  private final SentFrames sent = new SentFrames();
  private final Map<Lane, LaneBook> books = new EnumMap<>(Lane.class);
  private @Nullable Listener listener;
  private volatile long pending;

  EdgeShelf(Incarnation incarnation, PlantFrames plant, long bufferBytes, Lags lags) {
    this.incarnation = incarnation;
    this.plant = plant;
    this.bufferBytes = bufferBytes;
    this.lags = lags;
    books.put(Lane.EVENT, new LaneBook(Lane.EVENT));
    books.put(Lane.WINDOW, new LaneBook(Lane.WINDOW));
  }

  /** Frames without a verdict; any thread. */
  long pending() {
    return pending;
  }

  LaneBook book(Lane lane) {
    return Objects.requireNonNull(books.get(lane), "a lane that no simulated edge has");
  }

  /**
   * Numbers the minute that begins then.
   *
   * @param live whether the edge is connected
   */
  void windows(long startMicros, boolean live) {
    LaneBook book = book(Lane.WINDOW);
    number(plant.windows(book.next(), startMicros, book.total()), startMicros, live);
    makeRoom();
  }

  /** Numbers an event. */
  void event(long timeMicros, boolean live) {
    number(plant.event(book(Lane.EVENT).next(), timeMicros), timeMicros, live);
  }

  private void number(Frame frame, long stamp, boolean live) {
    Shelved shelved = shelved(frame, live);
    book(frame.id().lane()).number(shelved, stamp);
    count();
    if (listener != null) {
      listener.frame(shelved.frame());
    }
  }

  private static Shelved shelved(Frame frame, boolean live) {
    byte[] bytes = PlantFrames.bytes(frame);
    var outgoing = new OutgoingFrame(frame.id(), MEMORY, bytes.length, frame.readings());
    return new Shelved(outgoing, new Bytes(bytes), System.nanoTime(), live);
  }

  private void makeRoom() {
    LaneBook book = book(Lane.WINDOW);
    while (book.pendingBytes() > bufferBytes) {
      Shelved oldest = Objects.requireNonNull(book.dropOldest());
      long number = oldest.frame().id().number();
      if (listener != null) {
        listener.gone(incarnation, Lane.WINDOW, number, number);
      }
    }
    count();
  }

  private void count() {
    pending = books.values().stream().mapToLong(LaneBook::pendingFrames).sum();
  }

  @Override
  public void subscribe(Listener newest) {
    listener = newest;
  }

  @Override
  public void page(PageRequest request, Consumer<FramePage> receiver) {
    LaneBook book = books.get(request.lane());
    receiver.accept(book == null ? new FramePage(List.of(), true) : book.page(request));
  }

  @Override
  public CompletableFuture<Void> offer(FrameId anyOfBlock) {
    return DONE;
  }

  @Override
  public byte[] read(OutgoingFrame frame) throws IOException {
    Shelved shelved = book(frame.id().lane()).find(frame.id().number());
    if (shelved == null) {
      throw new IOException("settled meanwhile");
    }
    sent.add(frame.id());
    return shelved.bytes().array();
  }

  @Override
  public CompletableFuture<Void> lost(OutgoingFrame frame) {
    throw new IllegalStateException("memory does not lose frames: " + frame.id());
  }

  @Override
  public CompletableFuture<Void> settle(Acknowledgement acknowledgement) {
    for (IncarnationVerdicts verdicts : acknowledgement.incarnations()) {
      if (verdicts.id().equals(incarnation)) {
        verdicts.lanes().forEach(this::settle);
      }
    }
    count();
    return DONE;
  }

  private void settle(LaneVerdicts lane) {
    long now = System.nanoTime();
    for (VerdictRange range : lane.resolved()) {
      Fate fate = fate(range.verdict());
      if (fate != null && books.containsKey(lane.lane())) {
        settle(lane.lane(), range, fate, now);
      }
    }
  }

  /** What was never sent waits on, whatever is said of its number (J4). */
  private void settle(Lane lane, VerdictRange range, Fate fate, long now) {
    sent.within(incarnation, lane, range.from(), range.to())
        .ranges()
        .forEach(
            known ->
                book(lane)
                    .settle(
                        known.from(),
                        known.to(),
                        fate,
                        shelved -> lags.settled(shelved, fate, now)));
  }

  private static @Nullable Fate fate(Verdict verdict) {
    return switch (verdict) {
      case COMMITTED -> Fate.COMMITTED;
      case SUPERSEDED -> Fate.SUPERSEDED;
      case REFUSED -> Fate.REFUSED;
      case CONFLICT -> Fate.CONFLICT;
      case LATER -> null;
    };
  }

  /** What was said to be committed and is not there is made again, and waits again (L3). */
  @Override
  public CompletableFuture<Void> reconcile(Acknowledgement full) {
    for (IncarnationVerdicts verdicts : full.incarnations()) {
      if (verdicts.id().equals(incarnation)) {
        books.keySet().forEach(lane -> reopen(lane, known(verdicts, lane)));
      }
    }
    count();
    return DONE;
  }

  private void reopen(Lane lane, RangeSet known) {
    RangeSet lacking = new RangeSet();
    lacking.addAll(book(lane).fated(Fate.COMMITTED));
    known.ranges().forEach(range -> lacking.remove(range.from(), range.to()));
    for (RangeSet.Range range : lacking.ranges()) {
      for (long number = range.from(); number <= range.to(); number++) {
        FrameId id = new FrameId(incarnation, lane, number);
        sent.remove(id);
        book(lane).shelve(shelved(again(id), false));
      }
    }
    if (!lacking.isEmpty() && listener != null) {
      listener.reopened(lane);
    }
  }

  private Frame again(FrameId id) {
    LaneBook book = book(id.lane());
    long number = id.number();
    return id.lane() == Lane.WINDOW
        ? plant.windows(number, book.stamp(number), book.total(number - 1))
        : plant.event(number, book.stamp(number));
  }

  private static RangeSet known(IncarnationVerdicts incarnation, Lane lane) {
    RangeSet numbers = new RangeSet();
    for (LaneVerdicts verdicts : incarnation.lanes()) {
      for (VerdictRange range : verdicts.ranges()) {
        if (verdicts.lane() == lane && range.verdict() != Verdict.LATER) {
          numbers.add(range.from(), range.to());
        }
      }
    }
    return numbers;
  }

  @Override
  public CompletableFuture<List<HeldIncarnation>> account() {
    var lanes = new ArrayList<>(books.values().stream().map(LaneBook::held).toList());
    return CompletableFuture.completedFuture(
        List.of(new HeldIncarnation(incarnation, null, lanes)));
  }
}
