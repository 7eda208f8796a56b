package io.edgeflow.lab.torn;

import io.edgeflow.gateway.uplink.Link;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.topic.Channel;
import io.edgeflow.wire.topic.ParsedTopic;
import io.edgeflow.wire.topic.Topics;
import java.util.ArrayList;
import java.util.List;

/**
 * A link that ends at a {@link Shelf} in this JVM: takes frames, answers hello and acknowledges at
 * once, on the edge's own thread. A conflict is told and counted.
 */
final class ShelfLink implements Link {
  private static final String DATABASE = "1/1";
  private static final long CREDIT_BYTES = 1 << 24;

  /** How much of it works. */
  enum Reach {
    /** Nobody answers. */
    DOWN,
    /** Frames that waited when the edge started get no verdict. */
    NEWEST,
    EVERYTHING
  }

  private final Shelf shelf;
  private final Reach reach;
  private String connection = "";
  private long conflicts;
  private long conflictReadings;
  private long unreadable;

  ShelfLink(Shelf shelf, Reach reach) {
    this.shelf = shelf;
    this.reach = reach;
  }

  /** Frames whose number is taken by other content. */
  synchronized long conflicts() {
    return conflicts;
  }

  /** Readings in these. */
  synchronized long conflictReadings() {
    return conflictReadings;
  }

  /** Frames that no cloud could read. */
  synchronized long unreadable() {
    return unreadable;
  }

  @Override
  public Attempt open(byte[] will, Listener listener) {
    if (reach == Reach.DOWN) {
      listener.closed("the link is down");
      return new Silence();
    }
    listener.opened();
    return new Line(listener);
  }

  /** Nobody listens. */
  private static final class Silence implements Attempt {
    @Override
    public void publish(String topic, byte[] payload, boolean retained) {}

    @Override
    public void close() {}
  }

  private final class Line implements Attempt {
    private final Listener listener;
    private boolean closed;

    Line(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void publish(String topic, byte[] payload, boolean retained) {
      ParsedTopic parsed = Topics.parse(topic).orElseThrow();
      if (parsed.channel() == Channel.HELLO) {
        listener.acknowledged(answer(payload).toBytes());
      } else if (parsed.channel() == Channel.UP) {
        listener.acknowledged(taken(payload).toBytes());
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        listener.closed("said goodbye");
      }
    }
  }

  private synchronized Acknowledgement taken(byte[] payload) {
    if (!(FrameCodec.decode(payload) instanceof Decoded.Accepted(Frame frame, int identity))) {
      unreadable++;
      return acknowledgement(false, List.of());
    }
    if (reach == Reach.NEWEST && !connection.startsWith(frame.id().incarnation().toString())) {
      return acknowledgement(false, List.of());
    }
    boolean ours = shelf.take(frame, identity);
    if (!ours) {
      conflicts++;
      conflictReadings += frame.readings();
    }
    FrameId id = frame.id();
    Verdict verdict = ours ? Verdict.COMMITTED : Verdict.CONFLICT;
    VerdictRange range = new VerdictRange(id.number(), id.number(), verdict, "");
    LaneVerdicts lane = new LaneVerdicts(id.lane(), List.of(range));
    return acknowledgement(
        false, List.of(new IncarnationVerdicts(id.incarnation(), List.of(lane))));
  }

  private synchronized Acknowledgement answer(byte[] payload) {
    if (!(Hello.parse(payload) instanceof Parsed.Ok<Hello>(Hello hello))) {
      throw new IllegalStateException("a hello that nobody can read");
    }
    connection = hello.connection();
    List<IncarnationVerdicts> all = new ArrayList<>();
    for (HeldIncarnation held : hello.incarnations()) {
      all.add(
          new IncarnationVerdicts(
              held.id(), held.lanes().stream().map(lane -> known(held.id(), lane)).toList()));
    }
    return acknowledgement(true, all);
  }

  private LaneVerdicts known(Incarnation incarnation, HeldLane held) {
    Lane lane = held.lane();
    List<VerdictRange> ranges = new ArrayList<>();
    shelf.carried().keySet().stream()
        .filter(id -> id.incarnation().equals(incarnation) && id.lane() == lane)
        .mapToLong(FrameId::number)
        .sorted()
        .forEach(n -> ranges.add(new VerdictRange(n, n, Verdict.COMMITTED, "")));
    return new LaneVerdicts(lane, ranges);
  }

  private static Acknowledgement acknowledgement(boolean full, List<IncarnationVerdicts> all) {
    long nowMicros = System.currentTimeMillis() * 1_000;
    return new Acknowledgement(full, DATABASE, nowMicros, CREDIT_BYTES, 1, all);
  }
}
