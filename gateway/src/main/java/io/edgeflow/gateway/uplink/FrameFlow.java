package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The way of each frame to its verdict. Pure: time comes in, actions go out.
 *
 * <pre>
 *   READY ──► OFFERING ──► SENT ──(committed, superseded, refused, conflict)──► gone
 *     ▲          │         │  └──(no verdict in time)──► sent again
 *     │          │         └──(later)──► RESTING ──┐
 *     └──────────┴───(link lost, hello answered)───┘
 * </pre>
 */
final class FrameFlow {
  private static final int MOST_DOUBLINGS = 4;

  private final PendingFrames pending = new PendingFrames();
  private final Blocks blocks = new Blocks();
  private final Chooser chooser;
  private final long resendNanos;
  private final RandomGenerator random;
  private final Consumer<Action> actions;
  private long sent;
  private long resent;
  private long later;
  private long ignored;

  FrameFlow(UplinkSettings settings, RandomGenerator random, long now, Consumer<Action> actions) {
    this.resendNanos = settings.resendAfter().toNanos();
    this.random = random;
    this.actions = actions;
    this.chooser =
        new Chooser(pending, settings.backlogShare(), settings.initialCredit(), resendNanos, now);
  }

  void add(OutgoingFrame frame, boolean live) {
    pending.add(frame, live);
  }

  /** Sends what may go now, and again what waited too long. */
  void advance(long now) {
    for (Entry entry : pending.busy(Entry.State.RESTING)) {
      if (entry.dueNanos - now <= 0) {
        pending.move(entry, Entry.State.READY);
      }
    }
    for (Entry entry : pending.busy(Entry.State.SENT)) {
      if (entry.dueNanos - now <= 0) {
        send(entry, now);
      }
    }
    for (Entry entry = chooser.next(now); entry != null; entry = chooser.next(now)) {
      start(entry, now);
    }
  }

  private void start(Entry entry, long now) {
    FrameId id = entry.frame.id();
    if (blocks.isOffered(id)) {
      send(entry, now);
      return;
    }
    pending.move(entry, Entry.State.OFFERING);
    if (blocks.ask(id)) {
      actions.accept(new Action.Offer(id));
    }
  }

  private void send(Entry entry, long now) {
    if (entry.state != Entry.State.SENT) {
      pending.move(entry, Entry.State.SENT);
    }
    if (entry.sends == 0) {
      sent++;
    } else {
      resent++;
    }
    // Doubled, because a cloud that is slow with its verdicts is not helped by the same bytes
    // again.
    entry.dueNanos = now + (resendNanos << Math.min(entry.sends, MOST_DOUBLINGS));
    entry.sends++;
    actions.accept(new Action.Send(entry.frame));
  }

  void offered(FrameId id, boolean linked, long now) {
    blocks.offered(id);
    for (Entry entry : pending.busy(Entry.State.OFFERING)) {
      if (!Blocks.of(entry.frame.id()).equals(Blocks.of(id))) {
        continue;
      }
      if (linked) {
        send(entry, now);
      } else {
        // Nobody tells of this block again, so it must not wait for that: a greeting is under way.
        pending.move(entry, Entry.State.READY);
      }
    }
  }

  void offerFailed(FrameId id, long now) {
    blocks.failed(id);
    for (Entry entry : pending.busy(Entry.State.OFFERING)) {
      if (Blocks.of(entry.frame.id()).equals(Blocks.of(id))) {
        rest(entry, now);
      }
    }
  }

  /** Its bytes cannot be read now; the journal says why. */
  void unreadable(FrameId id, long now) {
    Entry entry = pending.find(id);
    if (entry != null) {
      rest(entry, now);
    }
  }

  /** The link is gone: what was under way must go again, before or behind what comes next. */
  void linkLost() {
    requeue(Entry.State.SENT);
    requeue(Entry.State.OFFERING);
    pending.demoteLive();
  }

  /** A full answer came: what it did not name is not there (L4). */
  void answered() {
    requeue(Entry.State.SENT);
  }

  private void requeue(Entry.State state) {
    pending.busy(state).forEach(entry -> pending.move(entry, Entry.State.READY));
  }

  void acknowledged(Acknowledgement ack, long now) {
    chooser.grant(ack.creditBytes());
    for (IncarnationVerdicts incarnation : ack.incarnations()) {
      for (LaneVerdicts lane : incarnation.lanes()) {
        for (VerdictRange range : lane.resolved()) {
          judge(incarnation.id(), lane, range, ack.full(), now);
        }
      }
    }
  }

  private void judge(
      Incarnation incarnation, LaneVerdicts lane, VerdictRange range, boolean full, long now) {
    List<Entry> judged = pending.range(incarnation, lane.lane(), range.from(), range.to());
    if (judged.isEmpty() && !full) {
      ignored++;
    }
    for (Entry entry : judged) {
      if (range.verdict() != Verdict.LATER) {
        pending.remove(entry);
      } else if (entry.state == Entry.State.SENT) {
        later++;
        rest(entry, now);
      }
    }
  }

  private void rest(Entry entry, long now) {
    entry.rests++;
    // At least half of the bound, or a crowd of frames put off together would knock at once.
    long bound = Backoff.LATER.boundNanos(entry.rests);
    entry.dueNanos = now + bound / 2 + random.nextLong(bound / 2 + 1);
    pending.move(entry, Entry.State.RESTING);
  }

  void ignore() {
    ignored++;
  }

  /** How long until {@link #advance} has something to do, if nothing else happens. */
  long waitNanos(long now) {
    return Math.min(pending.nextDue(now), chooser.waitNanos(now));
  }

  PendingFrames pending() {
    return pending;
  }

  long credit() {
    return chooser.credit();
  }

  UplinkCounts counts(long hellos) {
    return new UplinkCounts(sent, resent, later, ignored, hellos);
  }
}
