package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.Outbox;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.gateway.outbox.SentFrames;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The {@link Outbox} over journal and state. Its methods hop onto the owner thread. */
final class JournalOutbox implements Outbox {
  private final Mailbox owner;
  private final EdgeState state;
  private final Scribe scribe;
  private final FrameReader reader;
  private final Timekeeper time;
  private final MergeGuard guard = new MergeGuard();
  private final SentFrames sent = new SentFrames();
  private Listener listener = Nobody.INSTANCE;

  JournalOutbox(
      Mailbox owner, EdgeState state, Scribe scribe, FrameReader reader, Timekeeper time) {
    this.owner = owner;
    this.state = state;
    this.scribe = scribe;
    this.reader = reader;
    this.time = time;
  }

  /** What this process sent. */
  SentFrames sent() {
    return sent;
  }

  /** What is not to be offered now. */
  MergeGuard guard() {
    return guard;
  }

  /** Owner thread: these wait no more, though the cloud judged none of them. */
  void gone(List<FrameSums.Run> runs) {
    for (FrameSums.Run run : runs) {
      FrameId first = run.first();
      listener.gone(first.incarnation(), first.lane(), first.number(), run.last());
    }
  }

  /** What a frame's record calls when it is synced (J5). */
  Durable waiterOf(FrameId id) {
    return (number, position) ->
        owner.post(
            () -> {
              state.frames.placed(id, new FramePlace.InSegment(position));
              announce(id);
            });
  }

  private void announce(FrameId id) {
    OutgoingFrame frame = state.frames.pending(id);
    if (frame != null) {
      listener.frame(frame);
    }
  }

  @Override
  public void subscribe(Listener newListener) {
    owner.post(() -> listener = newListener);
  }

  @Override
  public void page(PageRequest request, Consumer<FramePage> receiver) {
    owner.post(() -> receiver.accept(state.frames.page(request)));
  }

  @Override
  public CompletableFuture<Void> offer(FrameId anyOfBlock) {
    CompletableFuture<Void> offered = new CompletableFuture<>();
    owner.post(
        () -> {
          if (!state.frames.knows(anyOfBlock) || state.frames.isOffered(anyOfBlock)) {
            offered.complete(null);
          } else if (guard.holds(anyOfBlock)) {
            offered.completeExceptionally(
                new IllegalStateException("the windows of this block are being merged"));
          } else {
            scribe.offer(anyOfBlock, (number, position) -> offered.complete(null));
          }
        });
    return offered;
  }

  @Override
  public byte[] read(OutgoingFrame frame) throws IOException {
    byte[] bytes = reader.read(frame.id(), frame.place());
    FrameCodec.header(bytes)
        .ifPresentOrElse(
            header -> sent.add(frame.id(), header.identity()), () -> sent.add(frame.id()));
    return bytes;
  }

  @Override
  public CompletableFuture<Void> lost(OutgoingFrame frame) {
    return owner.call(
        () -> {
          OutgoingFrame now =
              state.frames.knows(frame.id()) ? state.frames.pending(frame.id()) : null;
          if (now != null && now.place().equals(frame.place())) {
            drop(frame);
          }
          return null;
        });
  }

  private void drop(OutgoingFrame frame) {
    FrameId id = frame.id();
    scribe.settle(
        List.of(
            new Scribe.Settled(
                id.incarnation(), id.lane(), id.number(), id.number(), Fate.DROPPED)));
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("frame", id.toString());
    detail.put("readings", Long.toString(frame.readings()));
    scribe.event(
        new EventRow(
            time.presentMicros(),
            EventSeverity.ALARM,
            "frame-unreadable",
            "",
            "a frame that was not delivered cannot be read any more: its readings are lost",
            detail));
    listener.gone(id.incarnation(), id.lane(), id.number(), id.number());
  }

  @Override
  public CompletableFuture<Void> settle(Acknowledgement acknowledgement) {
    List<Scribe.Settled> settled = new ArrayList<>();
    List<Conflict> conflicts = new ArrayList<>();
    for (IncarnationVerdicts incarnation : acknowledgement.incarnations()) {
      for (LaneVerdicts lane : incarnation.lanes()) {
        for (VerdictRange range : lane.resolved()) {
          if (range.content().isPresent() && range.from() == range.to()) {
            FrameId id = new FrameId(incarnation.id(), lane.lane(), range.from());
            conflicts.add(new Conflict(id, range.content().getAsInt()));
          } else {
            add(settled, incarnation.id(), lane.lane(), range);
          }
        }
      }
    }
    return owner.call(
        () -> {
          conflicts.forEach(conflict -> settled.add(byContent(conflict)));
          // The sender may take these for judged: they are to be found again.
          scribe.judge(settled, sent).forEach(listener::reopened);
          return null;
        });
  }

  /** What the cloud has under a number that came to it with several contents. */
  private record Conflict(FrameId id, int content) {}

  /**
   * All copies of a directory hear that contents differ; one of them sent what is committed. And
   * whoever did not may have been told "committed" before, meant for the other (J4). A frame of
   * which this process does not know any more what it sent is sent again, and judged by that.
   */
  private Scribe.Settled byContent(Conflict conflict) {
    FrameId id = conflict.id();
    OptionalInt own = sent.content(id);
    if (own.isEmpty()) {
      sent.remove(id);
    }
    boolean ours = own.isPresent() && own.getAsInt() == conflict.content();
    Fate fate = ours ? Fate.COMMITTED : Fate.CONFLICT;
    Fate before = state.frames.fate(id);
    if (own.isPresent() && before == (ours ? Fate.CONFLICT : Fate.COMMITTED)) {
      scribe.reopen(id);
    }
    return new Scribe.Settled(id.incarnation(), id.lane(), id.number(), id.number(), fate);
  }

  private static void add(
      List<Scribe.Settled> into, Incarnation incarnation, Lane lane, VerdictRange range) {
    Fate fate =
        switch (range.verdict()) {
          case COMMITTED -> Fate.COMMITTED;
          case SUPERSEDED -> Fate.SUPERSEDED;
          case REFUSED -> Fate.REFUSED;
          case CONFLICT -> Fate.CONFLICT;
          case LATER -> null;
        };
    if (fate != null) {
      into.add(new Scribe.Settled(incarnation, lane, range.from(), range.to(), fate));
    }
  }

  @Override
  public CompletableFuture<Void> reconcile(Acknowledgement full) {
    return owner.call(
        () -> {
          for (IncarnationVerdicts incarnation : full.incarnations()) {
            for (Lane lane : Lane.values()) {
              reconcile(incarnation.id(), lane, known(incarnation, lane));
            }
            state.frames.confirmed(incarnation.id());
          }
          return null;
        });
  }

  private void reconcile(Incarnation incarnation, Lane lane, RangeSet known) {
    List<FrameId> lacking = state.frames.heldButLacking(incarnation, lane, known::contains);
    lacking.forEach(this::reopen);
    if (!lacking.isEmpty()) {
      listener.reopened(lane);
    }
    for (FateRange range : state.frames.goneAndLacking(incarnation, lane, known)) {
      scribe.gone(incarnation, lane, range);
    }
  }

  private void reopen(FrameId id) {
    // What the database gets under this number now may come from elsewhere.
    sent.remove(id);
    scribe.reopen(id);
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
    return owner.call(state.frames::account);
  }

  private enum Nobody implements Listener {
    INSTANCE;

    @Override
    public void frame(OutgoingFrame frame) {}

    @Override
    public void reopened(Lane lane) {}

    @Override
    public void gone(Incarnation incarnation, Lane lane, long from, long to) {}
  }
}
