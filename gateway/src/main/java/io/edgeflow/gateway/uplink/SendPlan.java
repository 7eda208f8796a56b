package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.process.link.Backoff;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Decides when to connect, greet and send. Pure: events and the monotonic time come in, actions go
 * out, in the order in which they must be done. Not safe for use by several threads.
 *
 * <pre>
 *   WAITING ──(time)──► CONNECTING ──(opened)──► GREETING ──(every page answered)──► SENDING
 *      ▲                    │                     │   ▲  │                              │
 *      │                    │                     │   └──┘ no answer in time: again     │
 *      │                    │                     │   ▲                                 │
 *      │                    │                     │   └─(another database, L12)─────────┤
 *      └────────────────────┴──────(closed)───────┴─────────────────────────────────────┘
 * </pre>
 *
 * Frames go while SENDING only: before the answer it is not known what the cloud lacks. The breaker
 * counts lost connections and unanswered hellos alike; with the one that opens it the connection is
 * given up, and half-open means one connection with one hello.
 *
 * <p>The first attempt of a process goes at once: machines do not start at one instant.
 */
final class SendPlan {
  private static final int MOST_HELLO_DOUBLINGS = 3;

  private final UplinkSettings settings;
  private final Backoff reconnect;
  private final RandomGenerator random;
  private final Breaker breaker = new Breaker();
  private final FrameFlow flow;
  private final Outage outage;
  private List<Action> actions = new ArrayList<>();

  private UplinkState state = UplinkState.WAITING;
  private long sinceNanos;

  /** When the state ends by itself; SENDING and CLOSED do not. */
  private long deadline;

  private long attempt;
  private long greeting;
  private int unanswered;
  private int pages;
  private int answers;
  private long hellos;
  private String database = "";
  private String lastError = "";
  private long acknowledgedNanos;

  SendPlan(UplinkSettings settings, RandomGenerator random, long now) {
    this(settings, HandLimits.DEFAULT, random, now);
  }

  SendPlan(UplinkSettings settings, HandLimits limits, RandomGenerator random, long now) {
    this.settings = settings;
    this.reconnect = Backoff.reconnect(settings.reconnectCap());
    this.random = random;
    this.sinceNanos = now;
    this.deadline = now;
    this.outage = new Outage(settings.drainJitter().toNanos(), now);
    this.flow = new FrameFlow(settings, limits, random, now, action -> actions.add(action));
  }

  /** A frame was numbered. */
  List<Action> frame(OutgoingFrame frame, long now) {
    flow.arrived(frame, isGreeted());
    return advance(now);
  }

  /** Some of the frames that wait, as an action asked. */
  List<Action> page(Lane lane, long generation, FramePage page, long now) {
    flow.page(lane, generation, page);
    return advance(now);
  }

  /** Frames that had their verdict wait again. */
  List<Action> reopened(Lane lane, long now) {
    flow.reopened(lane);
    return advance(now);
  }

  /** Frames wait no more, though the cloud judged none of them. */
  List<Action> gone(Incarnation incarnation, Lane lane, long from, long to, long now) {
    flow.gone(incarnation, lane, from, to);
    return advance(now);
  }

  /** Time has passed. */
  List<Action> tick(long now) {
    if (deadline - now <= 0) {
      switch (state) {
        case WAITING -> connect(now);
        case CONNECTING -> giveUp("no connection in time", now);
        case GREETING -> unanswered(now);
        case SENDING, CLOSED -> {
          // These wait for events only.
        }
      }
    }
    return advance(now);
  }

  List<Action> opened(long opened, long now) {
    if (opened == attempt && state == UplinkState.CONNECTING) {
      greet(now);
    }
    return advance(now);
  }

  /** Every page of a greeting is on its way. */
  List<Action> greeted(long greetingDone, int pagesSent, long now) {
    if (greetingDone == greeting && state == UplinkState.GREETING) {
      pages = pagesSent;
      startSendingIfAnswered(now);
    }
    return advance(now);
  }

  List<Action> closed(long closed, String reason, long now) {
    if (closed == attempt && isLinked()) {
      linkLost(reason, now);
    }
    return advance(now);
  }

  List<Action> acknowledged(long heard, Acknowledgement ack, long now) {
    if (heard != attempt || !isGreeted()) {
      flow.ignore();
      return advance(now);
    }
    acknowledgedNanos = now;
    actions.add(new Action.Settle(ack));
    flow.acknowledged(ack, now);
    if (ack.full()) {
      actions.add(new Action.Reconcile(ack));
      database = ack.database();
      answers++;
      startSendingIfAnswered(now);
    } else if (!ack.database().equals(database) && state == UplinkState.SENDING) {
      database = ack.database();
      unanswered = 0;
      greet(now);
    }
    return advance(now);
  }

  /** A document that is none came in. */
  List<Action> unintelligible(long now) {
    flow.ignore();
    return advance(now);
  }

  List<Action> offered(FrameId id, long now) {
    flow.offered(id, state == UplinkState.SENDING, now);
    return advance(now);
  }

  List<Action> offerFailed(FrameId id, long now) {
    flow.offerFailed(id, now);
    return advance(now);
  }

  List<Action> unreadable(FrameId id, long now) {
    flow.unreadable(id, now);
    return advance(now);
  }

  /** A frame does not lie where it was said to: a page tells where it does, if anywhere. */
  List<Action> lost(FrameId id, long now) {
    flow.lost(id);
    return advance(now);
  }

  /** The process ends: what can be sent is sent at once. */
  List<Action> hurry(long now) {
    flow.hurry(now);
    return advance(now);
  }

  List<Action> stop(long now) {
    if (isLinked()) {
      actions.add(new Action.Disconnect(attempt));
    }
    flow.linkLost();
    become(UplinkState.CLOSED, now);
    return advance(now);
  }

  /** How long until {@link #tick} has something to do, if nothing else happens. */
  long waitNanos(long now) {
    return switch (state) {
      case WAITING, CONNECTING, GREETING -> Math.max(0, deadline - now);
      case SENDING -> flow.waitNanos(now);
      case CLOSED -> Long.MAX_VALUE;
    };
  }

  UplinkStatus status() {
    FramesInHand held = flow.held();
    return new UplinkStatus(
        state,
        sinceNanos,
        breaker.state(),
        breaker.failures(),
        flow.credit(),
        held.inFlightBytes(),
        held.inFlightFrames(),
        held.frames(),
        flow.drained(),
        held.oldestLive(),
        lastError,
        acknowledgedNanos,
        database,
        flow.counts(hellos));
  }

  private List<Action> advance(long now) {
    if (state == UplinkState.SENDING) {
      flow.advance(now);
    }
    List<Action> done = actions;
    actions = new ArrayList<>();
    return done;
  }

  private void connect(long now) {
    attempt++;
    breaker.trying();
    become(UplinkState.CONNECTING, now);
    deadline = now + settings.connectTimeout().toNanos();
    actions.add(new Action.Connect(attempt));
  }

  private void giveUp(String reason, long now) {
    actions.add(new Action.Disconnect(attempt));
    linkLost(reason, now);
  }

  private void linkLost(String reason, long now) {
    flow.linkLost();
    outage.began(now);
    breaker.failed();
    lastError = reason;
    become(UplinkState.WAITING, now);
    deadline = now + reconnect.delayNanos(breaker.failures(), random);
  }

  /**
   * Hello once more; but a connection on which nobody answers is worth no more than none: other
   * ways may lead to a cloud that is well.
   */
  private void unanswered(long now) {
    unanswered++;
    if (breaker.opensNext()) {
      giveUp("nobody answered hello", now);
      return;
    }
    breaker.failed();
    lastError = "nobody answered hello";
    greet(now);
  }

  private void greet(long now) {
    greeting++;
    hellos++;
    pages = Integer.MAX_VALUE;
    answers = 0;
    flow.greeting();
    become(UplinkState.GREETING, now);
    int doublings = Math.min(unanswered, MOST_HELLO_DOUBLINGS);
    long patience = settings.helloTimeout().toNanos() << doublings;
    // More for some than for others, or all that were not answered together would ask together.
    deadline = now + patience + random.nextLong(patience / 2 + 1);
    actions.add(new Action.Greet(attempt, greeting));
  }

  private void startSendingIfAnswered(long now) {
    if (state == UplinkState.GREETING && answers >= pages) {
      breaker.succeeded();
      unanswered = 0;
      flow.answered(now + outage.endedWithPause(now, random));
      become(UplinkState.SENDING, now);
    }
  }

  private void become(UplinkState next, long now) {
    if (next != state) {
      state = next;
      sinceNanos = now;
    }
  }

  private boolean isLinked() {
    return state == UplinkState.CONNECTING || isGreeted();
  }

  private boolean isGreeted() {
    return state == UplinkState.GREETING || state == UplinkState.SENDING;
  }
}
