package io.edgeflow.gateway.site;

import io.edgeflow.process.link.Backoff;
import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttListener;
import io.edgeflow.process.link.Subscription;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.topic.Channel;
import io.edgeflow.wire.topic.Topics;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the cloud that is kept for one client that is an edge behind this gateway. It
 * begins with the member's presence, and ends with the member's connection here. Everything happens
 * on the relay's thread.
 *
 * <p>Once it could not be opened or broke, what the member says is dropped: frames that the cloud
 * cannot place are no use to it before a hello. When it can be opened again, the member is
 * disconnected here once; it comes back at once and says all that the cloud must know.
 */
final class MemberUplink {
  private static final Logger log = LoggerFactory.getLogger(MemberUplink.class);

  private final MqttLink link;
  private final Surroundings around;
  private final Consumer<MqttLink> forgotten;

  private Relay.@Nullable MemberLine line;
  private @Nullable Member member;
  private boolean saidGoodbye;

  private Way way = Way.NONE;
  private @Nullable MqttConnection attempt;
  private long attempts;
  private int failures;
  private boolean stale;
  private @Nullable Future<?> retry;
  private final Queue<Upward> held = new ArrayDeque<>();
  private final Set<Upward> underWay = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What all members share. */
  record Surroundings(
      RelayThread thread,
      Downward down,
      SiteEar ear,
      RelayCounts counts,
      Function<String, MemberAccount> accounts,
      Backoff backoff,
      RandomGenerator random) {}

  /** Who it is over this connection. */
  private record Member(Presence presence, MemberAccount account) {
    String edge() {
      return presence.edge();
    }

    /** As the member itself would leave it behind (R4). */
    byte[] will() {
      return new Presence(edge(), presence.connection(), false, presence.sinceMicros()).toBytes();
    }
  }

  /**
   * @param forgotten hears when this is over, with the link to be closed
   */
  MemberUplink(MqttLink link, Surroundings around, Consumer<MqttLink> forgotten) {
    this.link = link;
    this.around = around;
    this.forgotten = forgotten;
  }

  void said(Relay.MemberLine from, Upward message) {
    if (from != line) {
      begin(from);
    }
    if (message.channel() == Channel.PRESENCE) {
      presence(message);
    }
    Member known = member;
    if (known == null || !known.edge().equals(message.edge())) {
      message.leave();
      around.counts().refused.increment();
      return;
    }
    if (message.channel() == Channel.REPORTED) {
      around.ear().reported(message.edge(), message.payload());
    }
    pass(message);
  }

  /** A connection of the same client that was here before has nothing more to say. */
  private void begin(Relay.MemberLine from) {
    part();
    line = from;
    member = null;
    saidGoodbye = false;
    stale = false;
  }

  private void presence(Upward message) {
    if (!(Presence.parse(message.payload()) instanceof Parsed.Ok<Presence>(Presence said))
        || !said.edge().equals(message.edge())
        || (member != null && !member.edge().equals(said.edge()))) {
      return;
    }
    if (!said.online()) {
      saidGoodbye = true;
      return;
    }
    member = new Member(said, around.accounts().apply(said.edge()));
    saidGoodbye = false;
    if (way == Way.NONE) {
      open();
    }
    tell();
  }

  private void pass(Upward message) {
    if (stale) {
      drop(message);
      return;
    }
    switch (way) {
      case CONNECTING, OPEN -> publish(message);
      case ENDING -> held.add(message);
      case NONE, WAITING -> drop(message);
    }
  }

  private void publish(Upward message) {
    MqttConnection open = attempt;
    if (open == null) {
      drop(message);
      return;
    }
    underWay.add(message);
    long number = attempts;
    open.publish(
        message.name(),
        message.payload(),
        message.retained(),
        refusal -> around.thread().execute(() -> settled(number, message, refusal)));
  }

  private void settled(long number, Upward message, String refusal) {
    if (number != attempts || !underWay.remove(message)) {
      return;
    }
    if (!refusal.isEmpty()) {
      if (member != null) {
        member.account().failed(refusal);
      }
      drop(message);
      return;
    }
    message.leave();
    if (message.isFrame()) {
      around.counts().relayed.increment();
      around.accounts().apply(message.edge()).relayed();
    }
  }

  private void drop(Upward message) {
    message.leave();
    if (message.isFrame()) {
      around.counts().noWay.increment();
      around.accounts().apply(message.edge()).dropped();
    }
  }

  private void open() {
    Member known = member;
    if (known == null) {
      return;
    }
    way = Way.CONNECTING;
    long number = ++attempts;
    attempt =
        link.open(
            Topics.presence(known.edge()),
            known.will(),
            List.of(
                new Subscription(Topics.ack(known.edge()), false),
                new Subscription(Topics.desired(known.edge()), false)),
            new Ear(number));
    held.forEach(this::publish);
    held.clear();
  }

  private void opened(long number) {
    if (number != attempts || way != Way.CONNECTING) {
      return;
    }
    way = Way.OPEN;
    failures = 0;
    if (stale && line != null) {
      around.counts().greetAgain.increment();
      line.client().close();
    }
    tell();
  }

  private void came(long number, String topic, byte[] payload) {
    Member known = member;
    if (number != attempts || known == null || line == null || stale) {
      return;
    }
    boolean isDesired = topic.equals(Topics.desired(known.edge()));
    if (!isDesired && !topic.equals(Topics.ack(known.edge()))) {
      return;
    }
    if (isDesired) {
      around.ear().desired(known.edge(), payload);
    }
    var _ =
        around
            .down()
            .send(topic, payload, isDesired)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null && isDesired) {
                    around.thread().execute(() -> lost(number));
                  }
                });
  }

  /** A document did not reach the broker here; with the next connection it comes again. */
  private void lost(long number) {
    if (number == attempts && attempt != null && way == Way.OPEN) {
      attempt.close();
    }
  }

  private void closed(long number, String reason) {
    if (number != attempts || attempt == null) {
      return;
    }
    attempt = null;
    List<Upward> left = List.copyOf(underWay);
    underWay.clear();
    left.forEach(this::drop);
    if (line == null) {
      way = Way.NONE;
      tell();
      forgotten.accept(link);
    } else if (way == Way.ENDING) {
      way = Way.NONE;
      open();
      tell();
    } else {
      tryLater(reason);
    }
  }

  private void tryLater(String reason) {
    if (!stale) {
      log.info("The way up is lost of member {}: {}", edge(), reason);
    }
    stale = true;
    way = Way.WAITING;
    failures++;
    if (member != null) {
      member.account().failed(reason);
    }
    retry =
        around.thread().after(around.backoff().delayNanos(failures, around.random()), this::again);
    tell();
  }

  private void again() {
    if (way == Way.WAITING) {
      open();
      tell();
    }
  }

  /** A connection here is over. */
  void ended(Relay.MemberLine which) {
    if (which == line) {
      leave();
    }
  }

  /** There is nobody here any more. */
  void leave() {
    part();
    if (attempt == null) {
      forgotten.accept(link);
    }
  }

  /** Ends what there is upstream, and says goodbye for the member unless it did itself. */
  private void part() {
    line = null;
    held.forEach(this::drop);
    held.clear();
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
    MqttConnection open = attempt;
    if (open == null) {
      way = Way.NONE;
    } else if (way != Way.ENDING) {
      if (way == Way.OPEN && !saidGoodbye && member != null) {
        open.publish(Topics.presence(member.edge()), member.will(), true);
      }
      way = Way.ENDING;
      open.close();
    }
    tell();
  }

  /** Nobody waits for it any more. */
  void abandon() {
    forgotten.accept(link);
  }

  private String edge() {
    return member == null ? "" : member.edge();
  }

  private void tell() {
    if (member != null) {
      member.account().is(line != null, way);
    }
  }

  /** Hears of one attempt, on the link's threads. */
  private final class Ear implements MqttListener {
    private final long number;

    Ear(long number) {
      this.number = number;
    }

    @Override
    public void opened() {
      around.thread().execute(() -> MemberUplink.this.opened(number));
    }

    @Override
    public void message(String topic, byte[] payload) {
      around.thread().execute(() -> came(number, topic, payload));
    }

    @Override
    public void closed(String reason) {
      around.thread().execute(() -> MemberUplink.this.closed(number, reason));
    }
  }
}
