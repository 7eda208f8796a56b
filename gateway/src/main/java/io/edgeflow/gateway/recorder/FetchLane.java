package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.rawcapture.CaptureChange;
import io.edgeflow.gateway.rawcapture.Place;
import io.edgeflow.gateway.rawcapture.SentMemory;
import io.edgeflow.gateway.rawcapture.SentStretch;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Where readings that were found in the journal get their numbers. Live traffic goes first: nothing
 * is numbered while many frames wait for the cloud, or while the disk is behind. A reading that was
 * sent before, by whatever job, is left out here, where only one job is at work at a time. Any
 * thread may call; the work is done on the owner thread.
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

  /** Says what was sent of which stretches when all readings before a place were. */
  interface Progress {
    List<SentStretch> upTo(Place place);
  }

  /** How many frames that the cloud has no verdict on let a job wait. */
  enum Bound {
    /** Those of the raw lane. */
    LANE(MOST_WAITING_FRAMES),
    /** Its own. It is bounded otherwise, and must not wait for the cloud, for days perhaps. */
    OWN(4 * MOST_WAITING_FRAMES);

    private final int most;

    Bound(int most) {
      this.most = most;
    }
  }

  /** Who has readings numbered, and its frames. Owned by the owner thread. */
  static final class Job {
    private final Bound bound;
    private final boolean again;
    private final Progress progress;
    private final Deque<FrameId> waiting;
    private long readings;
    private long before;
    private long frames;
    private long delivered;
    private long undelivered;

    /**
     * @param again whether readings that were sent before are sent again
     */
    Job(Bound bound, boolean again, Progress progress) {
      this(bound, again, progress, new ArrayDeque<>());
    }

    private Job(Bound bound, boolean again, Progress progress, Deque<FrameId> waiting) {
      this.bound = bound;
      this.again = again;
      this.progress = progress;
      this.waiting = waiting;
    }

    /** One that comes after this one, and whose frames wait together with those of this one. */
    Job next(Progress then) {
      return new Job(bound, again, then, waiting);
    }
  }

  /**
   * @param waitsFor why the rows were not taken now; empty if they were
   * @param closed whether no frame will ever be numbered any more
   * @param readings that were numbered
   * @param before readings that had been sent before
   */
  record Answer(
      String waitsFor,
      boolean closed,
      long readings,
      long before,
      long frames,
      long delivered,
      long undelivered) {
    static final Answer NONE = new Answer("", false, 0, 0, 0, 0, 0);
  }

  /** Numbers the rows and drops them, all of them or none; the caller touches them only then. */
  CompletableFuture<Answer> number(FoundRows rows, Job job) {
    return owner.call(
        () -> {
          String waitsFor = waitsFor(job);
          boolean closed = state.frames.current() == null;
          if (!closed && waitsFor.isEmpty() && !rows.isEmpty()) {
            SentMemory.From sent = state.captures.sent().from(rows.record(0));
            cut(rows.take(row -> isWanted(rows, row, sent, job)), job);
          }
          return answer(waitsFor, closed, job);
        });
  }

  private static boolean isWanted(FoundRows found, int row, SentMemory.From sent, Job job) {
    boolean before =
        found.reported(row)
            || sent.covers(
                found.rows().series(row),
                found.rows().micros(row),
                found.record(row),
                found.reading(row));
    job.before += before ? 1 : 0;
    return job.again || !before;
  }

  private void cut(FoundRows fresh, Job job) {
    while (!fresh.isEmpty()) {
      fresh.drop(
          framer.cut(
              fresh.rows(),
              time.presentMicros(),
              (frame, encoded) -> append(frame, encoded, fresh, job)));
    }
  }

  private void append(Frame frame, byte[] encoded, FoundRows fresh, Job job) {
    FrameId id = frame.id();
    int rows = frame.raw().size();
    Durable placed = outbox.waiterOf(id);
    job.frames++;
    job.readings += rows;
    job.waiting.add(id);
    // First the word on the frame, which holds with it: a kill between the two takes both.
    scribe.captures(
        List.of(new CaptureChange.Sent(id, job.progress.upTo(fresh.behind(rows - 1)))), null);
    scribe.fetched(frame, encoded, placed);
  }

  /** How the frames fare. */
  CompletableFuture<Answer> look(Job job) {
    return owner.call(() -> answer("", false, job));
  }

  <T> CompletableFuture<T> ask(Function<EdgeState, T> question) {
    return owner.call(() -> question.apply(state));
  }

  /** What was sent out of segments that are gone needs no memory; says how much is remembered. */
  CompletableFuture<Integer> forget() {
    List<SegmentInfo> segments = journal.segments();
    return ask(
        all -> {
          if (!segments.isEmpty()) {
            all.captures.sent().forget(segments.getFirst().firstNumber());
          }
          return all.captures.sent().stretches().size();
        });
  }

  private String waitsFor(Job job) {
    int waiting =
        switch (job.bound) {
          case LANE -> Math.toIntExact(state.frames.inLane(Lane.RAW).pending());
          case OWN -> {
            job.waiting.removeIf(id -> settled(id, job));
            yield job.waiting.size();
          }
        };
    if (waiting >= job.bound.most) {
      return "the cloud's verdict on earlier frames of the raw lane";
    }
    boolean ready =
        housekeeping.mayAppend()
            && space.roomNow()
            && journal.unsyncedBytes() < MOST_UNSYNCED_BYTES;
    return ready ? "" : "the disk";
  }

  private Answer answer(String waitsFor, boolean closed, Job job) {
    job.waiting.removeIf(id -> settled(id, job));
    return new Answer(
        waitsFor, closed, job.readings, job.before, job.frames, job.delivered, job.undelivered);
  }

  private boolean settled(FrameId id, Job job) {
    Fate fate = state.frames.fate(id);
    if (fate == Fate.COMMITTED) {
      job.delivered++;
    } else if (fate != null) {
      job.undelivered++;
    }
    return fate != null;
  }
}
