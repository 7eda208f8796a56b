package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.SentFrames;
import io.edgeflow.process.link.Backoff;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
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

  /** Between two tries of a frame that was put off. */
  private static final Backoff LATER = new Backoff(1_000_000_000L, 300_000_000_000L);

  private final FramesInHand held;
  private final Blocks blocks = new Blocks();
  private final SentFrames sentFrames = new SentFrames();
  private final Pace pace = new Pace();
  private final Chooser chooser;
  private final Pages pages;
  private final long resendNanos;
  private final RandomGenerator random;
  private final Consumer<Action> actions;
  private long sent;
  private long resent;
  private long later;
  private long ignored;

  FrameFlow(
      UplinkSettings settings,
      HandLimits limits,
      RandomGenerator random,
      long now,
      Consumer<Action> actions) {
    this.held = new FramesInHand(limits);
    this.resendNanos = settings.resendAfter().toNanos();
    this.random = random;
    this.actions = actions;
    this.pages = new Pages(held, limits, settings.backlogOrder(), actions);
    this.chooser =
        new Chooser(
            held, pace, settings.backlogShare(), settings.initialCredit(), resendNanos, now);
  }

  /** A frame was numbered. */
  void arrived(OutgoingFrame frame, boolean live) {
    pages.arrived(frame, live);
  }

  void page(Lane lane, long generation, FramePage page) {
    pages.read(lane, generation, page);
  }

  void reopened(Lane lane) {
    pages.reopened(lane);
  }

  /** These wait no more, though nobody judged them. */
  void gone(Incarnation incarnation, Lane lane, long from, long to) {
    pages.judged(incarnation, lane, from, to);
    held.range(incarnation, lane, from, to).forEach(held::remove);
  }

  /** Sends what may go now, and again what waited too long. */
  void advance(long now) {
    for (Entry entry = held.due(now); entry != null; entry = held.due(now)) {
      if (entry.state == Entry.State.RESTING) {
        held.move(entry, Entry.State.READY);
      } else {
        overdue(entry, now);
      }
    }
    pages.ask(chooser.backlogWaits(now));
    for (Entry entry = chooser.next(now); entry != null; entry = chooser.next(now)) {
      start(entry, now);
    }
  }

  /** Got no verdict in time (L4). */
  private void overdue(Entry entry, long now) {
    if (!entry.live) {
      pace.refused(entry.sentNanos, now);
    }
    if (chooser.overdrawn()) {
      // A cloud that takes back its credit is not helped by what it has got already.
      held.moveLast(entry);
    } else {
      send(entry, now);
    }
  }

  private void start(Entry entry, long now) {
    FrameId id = entry.frame.id();
    if (blocks.isOffered(id)) {
      send(entry, now);
      return;
    }
    held.move(entry, Entry.State.OFFERING);
    if (blocks.ask(id)) {
      actions.accept(new Action.Offer(id));
    }
  }

  private void send(Entry entry, long now) {
    if (entry.sends == 0) {
      sent++;
    } else {
      resent++;
    }
    // Doubled, because a cloud that is slow with its verdicts is not helped by the same bytes
    // again.
    long due = now + (resendNanos << Math.min(entry.sends, MOST_DOUBLINGS));
    held.move(entry, Entry.State.SENT, due);
    entry.sends++;
    entry.sentNanos = now;
    sentFrames.add(entry.frame.id());
    actions.accept(new Action.Send(entry.frame));
  }

  void offered(FrameId id, boolean linked, long now) {
    blocks.offered(id);
    for (Entry entry : held.offering()) {
      if (!Blocks.of(entry.frame.id()).equals(Blocks.of(id))) {
        continue;
      }
      if (linked) {
        send(entry, now);
      } else {
        // Nobody tells of this block again, so it must not wait for that: a greeting is under way.
        held.move(entry, Entry.State.READY);
      }
    }
  }

  void offerFailed(FrameId id, long now) {
    blocks.failed(id);
    for (Entry entry : held.offering()) {
      if (Blocks.of(entry.frame.id()).equals(Blocks.of(id))) {
        rest(entry, now);
      }
    }
  }

  /** Its bytes cannot be read now; the journal says why. */
  void unreadable(FrameId id, long now) {
    sentFrames.remove(id);
    Entry entry = held.find(id);
    if (entry != null) {
      rest(entry, now);
    }
  }

  /** It does not lie where it was said to. */
  void lost(FrameId id) {
    gone(id.incarnation(), id.lane(), id.number(), id.number());
    pages.leftBehind(id.lane());
  }

  /**
   * The link is gone: what was under way must go again, before or behind what comes next; what was
   * not is read from the outbox when its turn comes.
   */
  void linkLost() {
    held.release();
    pace.reset();
    pages.restart();
  }

  /** A greeting begins: its answer may change what waits. */
  void greeting() {
    pages.restart();
  }

  /**
   * A full answer came: what it did not name is not there (L4).
   *
   * @param backlogFrom until then the backlog waits, monotonic
   */
  void answered(long backlogFrom) {
    chooser.holdBacklogUntil(backlogFrom);
    requeue();
  }

  /** Whatever waits may go now: the process ends. */
  void hurry(long now) {
    chooser.holdBacklogUntil(now);
  }

  private void requeue() {
    held.sent().forEach(entry -> held.move(entry, Entry.State.READY));
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
    List<Entry> judged = held.range(incarnation, lane.lane(), range.from(), range.to());
    if (judged.isEmpty() && !full) {
      ignored++;
    }
    if (range.verdict() != Verdict.LATER) {
      sentFrames
          .within(incarnation, lane.lane(), range.from(), range.to())
          .ranges()
          .forEach(sent -> pages.judged(incarnation, lane.lane(), sent.from(), sent.to()));
    }
    for (Entry entry : judged) {
      if (range.verdict() != Verdict.LATER) {
        settle(entry, now);
      } else if (entry.state == Entry.State.SENT) {
        later++;
        pace.refused(entry.sentNanos, now);
        rest(entry, now);
      }
    }
  }

  /**
   * What was never sent waits on: the verdict is on a copy's bytes, or on what another life of this
   * process sent, and its own will be judged by their content (J4).
   */
  private void settle(Entry entry, long now) {
    FrameId id = entry.frame.id();
    if (sentFrames.contains(id.incarnation(), id.lane(), id.number())) {
      learn(entry, now);
      held.remove(entry);
    }
  }

  private void learn(Entry entry, long now) {
    if (entry.state == Entry.State.SENT && entry.sends == 1 && !entry.live) {
      pace.judged(entry.sentNanos, now, entry.frame.bytes(), held.backlogInFlightBytes());
    }
  }

  private void rest(Entry entry, long now) {
    entry.rests++;
    // At least half of the bound, or a crowd of frames put off together would knock at once.
    long bound = LATER.boundNanos(entry.rests);
    long due = now + bound / 2 + random.nextLong(bound / 2 + 1);
    held.move(entry, Entry.State.RESTING, due);
  }

  void ignore() {
    ignored++;
  }

  /** How long until {@link #advance} has something to do, if nothing else happens. */
  long waitNanos(long now) {
    return Math.min(held.nextDue(now), chooser.waitNanos(now));
  }

  FramesInHand held() {
    return held;
  }

  /** Nothing waits for a verdict, here or in the outbox. */
  boolean drained() {
    return held.frames() == 0 && pages.complete();
  }

  long credit() {
    return chooser.credit();
  }

  UplinkCounts counts(long hellos) {
    return new UplinkCounts(sent, resent, later, ignored, hellos);
  }
}
