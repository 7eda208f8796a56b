package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Where fetched readings get their numbers. Live traffic goes first: nothing is numbered while many
 * frames of the raw lane wait for the cloud, or while the disk is behind. Any thread may call; the
 * work is done on the owner thread.
 */
final class FetchLane {
  /** About 4 MiB; so much may be in the backlog because of a fetch, and no more. */
  static final int MOST_WAITING_FRAMES = 64;

  private static final long MOST_UNSYNCED_BYTES = 1 << 20;

  private final Mailbox owner;
  private final EdgeState state;
  private final Scribe scribe;
  private final JournalOutbox outbox;
  private final Journal journal;
  private final Housekeeping housekeeping;
  private final SpaceKeeper space;
  private final Timekeeper time;
  private final RawFramer framer;

  FetchLane(
      Mailbox owner,
      EdgeState state,
      Scribe scribe,
      JournalOutbox outbox,
      Journal journal,
      Housekeeping housekeeping,
      SpaceKeeper space,
      Timekeeper time,
      RawFramer framer) {
    this.owner = owner;
    this.state = state;
    this.scribe = scribe;
    this.outbox = outbox;
    this.journal = journal;
    this.housekeeping = housekeeping;
    this.space = space;
    this.time = time;
    this.framer = framer;
  }

  /** The frames of one fetch. Owned by the owner thread. */
  static final class Sent {
    private final Deque<FrameId> waiting = new ArrayDeque<>();
    private long frames;
    private long delivered;
    private long undelivered;
  }

  /**
   * @param waitsFor why the rows were not taken now; empty if they were
   * @param closed whether no frame will ever be numbered any more
   */
  record Answer(String waitsFor, boolean closed, long frames, long delivered, long undelivered) {}

  /** Numbers the rows and drops them, all of them or none; the caller touches them only then. */
  CompletableFuture<Answer> number(RawRows rows, Sent sent) {
    return owner.call(
        () -> {
          String waitsFor = waitsFor();
          boolean closed = state.frames.current() == null;
          while (!closed && waitsFor.isEmpty() && !rows.isEmpty()) {
            rows.drop(
                framer.cut(
                    rows, time.presentMicros(), (frame, encoded) -> append(frame, encoded, sent)));
          }
          return answer(waitsFor, closed, sent);
        });
  }

  /** How the frames fare. */
  CompletableFuture<Answer> look(Sent sent) {
    return owner.call(() -> answer("", false, sent));
  }

  <T> CompletableFuture<T> ask(Function<EdgeState, T> question) {
    return owner.call(() -> question.apply(state));
  }

  private String waitsFor() {
    if (state.frames.inLane(Lane.RAW).pending() >= MOST_WAITING_FRAMES) {
      return "the cloud's verdict on earlier frames of the raw lane";
    }
    boolean ready =
        housekeeping.mayAppend()
            && space.roomNow()
            && journal.unsyncedBytes() < MOST_UNSYNCED_BYTES;
    return ready ? "" : "the disk";
  }

  private void append(Frame frame, byte[] encoded, Sent sent) {
    FrameId id = frame.id();
    Durable placed = outbox.waiterOf(id);
    sent.frames++;
    sent.waiting.add(id);
    scribe.fetched(frame, encoded, placed);
  }

  private Answer answer(String waitsFor, boolean closed, Sent sent) {
    sent.waiting.removeIf(id -> settled(id, sent));
    return new Answer(waitsFor, closed, sent.frames, sent.delivered, sent.undelivered);
  }

  private boolean settled(FrameId id, Sent sent) {
    Fate fate = state.frames.fate(id);
    if (fate == Fate.COMMITTED) {
      sent.delivered++;
    } else if (fate != null) {
      sent.undelivered++;
    }
    return fate != null;
  }
}
