package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.frame.FrameId;
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
 * Frames go while SENDING only: before the answer it is not known what the cloud lacks.
 */
final class SendPlan {
  private static final int MOST_HELLO_DOUBLINGS = 3;

  private final UplinkSettings settings;
  private final RandomGenerator random;
  private final Breaker breaker = new Breaker();
  private final FrameFlow flow;
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
    this.settings = settings;
    this.random = random;
    this.sinceNanos = now;
    this.deadline = now;
    this.flow = new FrameFlow(settings, random, now, action -> actions.add(action));
  }

  /** A frame was announced. */
  List<Action> frame(OutgoingFrame frame, boolean live, long now) {
    flow.add(frame, live && state == UplinkState.SENDING);
    return advance(now);
  }

  /** Time has passed. */
  List<Action> tick(long now) {
    if (deadline - now <= 0) {
      switch (state) {
        case WAITING -> connect(now);
        case CONNECTING -> giveUp("no connection in time", now);
        case GREETING -> greetAgain(now);
        case SENDING, CLOSED -> {
          // These wait for events only.
        }
      }
    }
    return advance(now);
  }

  List<Action> opened(long opened, long now) {
    if (opened == attempt && state == UplinkState.CONNECTING) {
      unanswered = 0;
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
      lost(reason, now);
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
    PendingFrames pending = flow.pending();
    return new UplinkStatus(
        state,
        sinceNanos,
        breaker.state(),
        breaker.failures(),
        flow.credit(),
        pending.inFlightBytes(),
        pending.inFlightFrames(),
        pending.frames(),
        pending.bytes(),
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
    lost(reason, now);
  }

  private void lost(String reason, long now) {
    flow.linkLost();
    breaker.failed();
    lastError = reason;
    become(UplinkState.WAITING, now);
    deadline = now + Backoff.RECONNECT.delayNanos(breaker.failures(), random);
  }

  private void greetAgain(long now) {
    unanswered++;
    greet(now);
  }

  private void greet(long now) {
    greeting++;
    hellos++;
    pages = Integer.MAX_VALUE;
    answers = 0;
    become(UplinkState.GREETING, now);
    int doublings = Math.min(unanswered, MOST_HELLO_DOUBLINGS);
    deadline = now + (settings.helloTimeout().toNanos() << doublings);
    actions.add(new Action.Greet(attempt, greeting));
  }

  private void startSendingIfAnswered(long now) {
    if (state == UplinkState.GREETING && answers >= pages) {
      breaker.succeeded();
      flow.answered();
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
