package io.edgeflow.gateway.sparkplug;

import io.edgeflow.gateway.capture.Heard;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One edge node: which session it is in, and what of its births may be believed. Pure: time is
 * given.
 *
 * <pre>
 *              NBIRTH                 a number is missing and does not come in time
 *   UNKNOWN ───────────► BORN ──────────────────────────────────────────────────► LOST
 *                         ▲ ▲ NBIRTH                                               │
 *                         │ └──────────────────────────────────────────────────────┘
 *                  NBIRTH │        NDEATH of the session
 *                        DEAD ◄───────────────────────── UNKNOWN, BORN, LOST
 * </pre>
 *
 * <p>An alias means something only by the birth that declared it, and a message that is missing may
 * be a birth. So from the moment a number is missing until it comes or the node is born again, only
 * values are taken that say themselves what they are; the others are counted, and told as a gap. No
 * value ever lands in another's series. Owned by the owner thread; the counts are for any.
 */
final class EdgeNode {
  private enum Life {
    UNKNOWN,
    BORN,
    LOST,
    DEAD
  }

  /** Sequence numbers and numbers of sessions begin again behind 255. */
  private static final int ROUND = 256;

  private final String group;
  private final String node;
  private final long patienceNanos;
  private final NodeCounts counts = new NodeCounts();
  private final Gaps gaps;
  private final Readings readings;
  private final Scope own;
  private final Map<String, Scope> devices = new HashMap<>();
  private final Sequence sequence = new Sequence();
  private final Rebirth rebirth = new Rebirth();
  private volatile Life life = Life.UNKNOWN;
  private @Nullable Long session;
  private @Nullable Long bornMillis;
  private boolean waiting;
  private long waitingSinceNanos;

  /** It used something that no birth declared though no message was missing. */
  private boolean undeclared;

  /** What would follow the last message that was older than the last birth. */
  private @Nullable Integer strayNext;

  /**
   * @param patienceNanos how long a missing message may still come
   */
  EdgeNode(String group, String node, long patienceNanos, SeriesNames names, Scope.Room room) {
    this.group = group;
    this.node = node;
    this.patienceNanos = patienceNanos;
    this.gaps = new Gaps(group, node, counts);
    this.readings = new Readings(group, node, names, gaps);
    this.own = new Scope(null, room);
  }

  String group() {
    return group;
  }

  String node() {
    return node;
  }

  /** Any thread. */
  NodeFigures figures() {
    return new NodeFigures(
        group,
        node,
        life.name().toLowerCase(Locale.ROOT),
        counts.births.get(),
        counts.deaths.get(),
        counts.gaps.get(),
        counts.lost.get(),
        counts.untaken.get(),
        counts.rebirths.get());
  }

  /** Whether it has such a device already. */
  boolean has(String device) {
    return devices.containsKey(device);
  }

  void add(String device, Scope.Room room) {
    devices.put(device, new Scope(device, room));
  }

  /** Takes one message of the node, or of a device that was added. */
  void hear(SparkplugTopic topic, Message message, long nanos, Heard heard) {
    Scope scope = topic.device() == null ? own : devices.getOrDefault(topic.device(), own);
    switch (topic.type()) {
      case NBIRTH -> birth(message, heard);
      case NDEATH -> death(message, heard);
      case NDATA, DDATA, DBIRTH, DDEATH -> inSession(topic.type(), scope, message, nanos, heard);
    }
    look(nanos, heard);
  }

  /** Time has passed. */
  void look(long nanos, Heard heard) {
    if (!waiting) {
      return;
    }
    boolean inVain = nanos - waitingSinceNanos >= patienceNanos;
    if (life == Life.DEAD && inVain) {
      waiting = false;
      rebirth.want();
    } else if (life == Life.BORN && sequence.missing() == 0) {
      waiting = false;
    } else if (life == Life.BORN && inVain) {
      gaps.lost(sequence.missing(), heard);
      lose();
    }
  }

  private void await(long nanos) {
    if (!waiting) {
      waiting = true;
      waitingSinceNanos = nanos;
    }
  }

  /** Whether something is to be done without another message. */
  boolean idle() {
    return !waiting && !rebirth.wanted();
  }

  boolean wantsRebirth(long nanos) {
    return rebirth.due(nanos);
  }

  void rebirthAsked(long nanos) {
    rebirth.asked(nanos);
    counts.rebirths.incrementAndGet();
  }

  private void birth(Message message, Heard heard) {
    Long stamp = message.stampMillis();
    boolean again =
        stamp != null && stamp.equals(bornMillis) && Objects.equals(message.session(), session);
    boolean earlier = isEarlier(stamp);
    if (again) {
      // It says nothing new, and after a loss it is no answer.
      readings.take(message, own, false, heard);
    } else if (earlier) {
      // Out of order, or the node's clock went back. Either way the next birth decides.
      gaps.open("a birth is older than the one before it", heard);
      lose();
      bornMillis = stamp;
      readings.take(message, own, false, heard);
    } else {
      begin(message, heard);
    }
  }

  private void begin(Message message, Heard heard) {
    life = Life.BORN;
    session = message.session();
    bornMillis = message.stampMillis();
    sequence.begin(message.seq() == null ? 0 : message.seq(), message.stampMillis());
    devices.values().forEach(Scope::forget);
    own.birth(message.stampMillis());
    rebirth.born(!undeclared);
    undeclared = false;
    strayNext = null;
    waiting = false;
    counts.births.incrementAndGet();
    gaps.over(heard);
    readings.declare(message, own, heard);
    readings.take(message, own, true, heard);
  }

  /** What was declared is not believed any more, until the next birth. */
  private void lose() {
    life = Life.LOST;
    forget();
    rebirth.want();
  }

  private void forget() {
    own.forget();
    devices.values().forEach(Scope::forget);
    waiting = false;
  }

  private boolean isEarlier(@Nullable Long stamp) {
    return stamp != null && bornMillis != null && stamp < bornMillis;
  }

  private void inSession(
      SparkplugTopic.Type type, Scope scope, Message message, long nanos, Heard heard) {
    if (life == Life.BORN && !isEarlier(message.stampMillis())) {
      Sequence.Place place =
          message.seq() == null
              ? Sequence.Place.NEXT
              : sequence.place(message.seq(), message.stampMillis());
      if (place == Sequence.Place.AHEAD) {
        await(nanos);
      }
      change(type, scope, place, message, heard);
      boolean believed = isBelieved(scope, place, message);
      if (believed || place != Sequence.Place.AGAIN) {
        readings.take(message, scope, believed, heard);
      }
      judge(place, heard);
    } else if (life == Life.BORN) {
      ofEarlierSession(scope, message, heard);
    } else {
      outOfSession(type, scope, message, nanos, heard);
    }
  }

  private void change(
      SparkplugTopic.Type type, Scope scope, Sequence.Place place, Message message, Heard heard) {
    boolean isDeath = type == SparkplugTopic.Type.DDEATH;
    if (!isDeath && type != SparkplugTopic.Type.DBIRTH) {
      return;
    }
    boolean news =
        switch (place) {
          case NEXT, AHEAD -> true;
          case MISSED -> !scope.changed() || scope.changedBefore(message.stampMillis());
          case AGAIN, LATE -> false;
        };
    if (news && isDeath) {
      scope.death(message.stampMillis());
      die(scope, heard);
    } else if (news) {
      scope.birth(message.stampMillis());
      readings.declare(message, scope, heard);
    } else if (place == Sequence.Place.MISSED && message.stampMillis() == null) {
      // Before or after what is known of it? Nobody can tell.
      scope.forget();
    }
  }

  private boolean isBelieved(Scope scope, Sequence.Place place, Message message) {
    if (!scope.born() || sequence.missing() > 0) {
      return false;
    }
    return place == Sequence.Place.NEXT
        ? !scope.changedAfter(message.stampMillis())
        : scope.changedBefore(message.stampMillis());
  }

  /** What was not taken is told as soon as nothing can explain it any more. */
  private void judge(Sequence.Place place, Heard heard) {
    if (sequence.missing() > 0 || !gaps.anyUntaken()) {
      return;
    }
    if (place == Sequence.Place.NEXT) {
      undeclared = true;
      rebirth.want();
      gaps.open("it sends values that no birth of it declares", heard);
    } else {
      gaps.ordered(heard);
    }
  }

  /** One such message is a late one. Two in a row mean that the node's clock went back. */
  private void ofEarlierSession(Scope scope, Message message, Heard heard) {
    readings.take(message, scope, false, heard);
    if (strayNext != null && strayNext.equals(message.seq())) {
      rebirth.want();
      gaps.open("its messages are older than its last birth", heard);
    } else {
      gaps.ordered(heard);
    }
    strayNext = message.seq() == null ? null : (message.seq() + 1) % ROUND;
  }

  /** Before its first birth, after its death, or while its births are not believed. */
  private void outOfSession(
      SparkplugTopic.Type type, Scope scope, Message message, long nanos, Heard heard) {
    if (life == Life.DEAD) {
      // A late word of the dead, or the birth is on its way.
      await(nanos);
    } else {
      rebirth.want();
    }
    if (type == SparkplugTopic.Type.DDEATH) {
      die(scope, heard);
    }
    readings.take(message, scope, false, heard);
    if (gaps.anyUntaken()) {
      gaps.open(
          life == Life.DEAD
              ? "it sends after its death"
              : "no birth of it was heard since the gateway started",
          heard);
    }
  }

  private void death(Message message, Heard heard) {
    if (life == Life.DEAD || isOfAnotherSession(message.session())) {
      return;
    }
    life = Life.DEAD;
    forget();
    rebirth.dead();
    counts.deaths.incrementAndGet();
    int series = own.series.size();
    die(own, heard);
    for (Scope device : devices.values()) {
      series += device.series.size();
      die(device, heard);
    }
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("group", group);
    detail.put("node", node);
    detail.put("series", Integer.toString(series));
    heard.event(
        EventSeverity.WARNING,
        "sparkplug-death",
        "Sparkplug node " + group + "/" + node + " is dead; its " + series + " series are stale",
        detail);
  }

  /** The will of an earlier connection may come after the birth of the next one. */
  private boolean isOfAnotherSession(@Nullable Long told) {
    if (told == null || session == null || life == Life.UNKNOWN) {
      return false;
    }
    long behind = (session - told) & (ROUND - 1);
    return life == Life.LOST ? behind > 0 && behind < ROUND / 2 : behind != 0;
  }

  private static void die(Scope scope, Heard heard) {
    heard.silent(scope.series);
  }
}
