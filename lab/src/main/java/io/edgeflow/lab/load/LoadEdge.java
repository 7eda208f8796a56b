package io.edgeflow.lab.load;

import io.edgeflow.gateway.uplink.EdgeProfile;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.gateway.uplink.UplinkClocks;
import io.edgeflow.gateway.uplink.UplinkSettings;
import io.edgeflow.gateway.uplink.UplinkState;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One edge of a fleet: a plant, a shelf for its frames, and the gateway's uplink. */
final class LoadEdge implements AutoCloseable {
  /** A minute is closed so long after its end, as a gateway does: its grace and its linger. */
  private static final long CLOSING = 2_500_000;

  private final String name;
  private final String site;
  private final Incarnation incarnation;
  private final FleetClock clock;
  private final ScheduledExecutorService owner;
  private final FleetLink link;
  private final EdgeShelf shelf;
  private final Forwarder uplink;
  private final SplittableRandom random;
  private final double eventsPerMinute;

  /** After the end of a minute, microseconds of the plant. */
  private final long phase;

  // The owner's.
  private long nextMinute;
  private boolean ended;

  private volatile boolean stopped;

  /**
   * What it stands on.
   *
   * @param owner its thread, shared with other edges
   */
  record Ground(
      FleetClock clock, ScheduledExecutorService owner, LoadFleet.Network network, Lags lags) {}

  LoadEdge(LoadShape shape, int index, Ground ground) {
    this.random = new SplittableRandom(shape.seed() * 1_000_003 + index);
    this.name = "load-%05d".formatted(index);
    this.site = "site-%02d".formatted(index % shape.sites());
    // Never the same twice: a cloud may have heard of the fleet before.
    this.incarnation = Incarnation.random(new SecureRandom());
    this.clock = ground.clock();
    this.owner = ground.owner();
    this.eventsPerMinute = 60.0 / shape.eventEvery().toSeconds();
    this.phase = shape.together() ? CLOSING : random.nextLong(PlantFrames.MINUTE);
    this.nextMinute = Math.floorDiv(clock.micros() - phase, PlantFrames.MINUTE);
    this.shelf =
        new EdgeShelf(
            incarnation,
            new PlantFrames(name, incarnation, shape.series(), random.nextLong()),
            shape.bufferBytes(),
            ground.lags());
    this.link = ground.network().link(name, name + "-" + incarnation);
    this.uplink =
        new Forwarder(
            new EdgeProfile(
                name, incarnation, site, Map.of("load", "simulated"), "UTC", "edgeflow/simulated"),
            UplinkSettings.DEFAULTS.withReconnectCap(shape.reconnectCap()),
            link,
            shelf,
            new UplinkClocks(System::nanoTime, clock::micros),
            random.split(),
            (cloudMicros, arrivedNanos) -> {},
            owner);
  }

  String name() {
    return name;
  }

  String site() {
    return site;
  }

  FleetLink link() {
    return link;
  }

  /** Begins to connect, and to tell its minutes. */
  void start() {
    uplink.start();
    owner.execute(this::tick);
  }

  /** Catches up with the plant's clock now, not at its own time of the minute; any thread. */
  void catchUp() {
    owner.execute(this::frame);
  }

  /** Numbers nothing more; what it has is delivered on. Any thread. */
  void stopSensing() {
    stopped = true;
  }

  /** Whether the cloud has answered its hello on a connection that lasts; any thread. */
  boolean isSending() {
    return uplink.status().state() == UplinkState.SENDING;
  }

  /** Frames without a verdict; any thread. */
  long pending() {
    return shelf.pending();
  }

  long resent() {
    return uplink.status().counts().resent();
  }

  /** What it has numbered, and what became of that, at one moment; any thread but its own. */
  CompletableFuture<EdgeBook> book() {
    var done = new CompletableFuture<EdgeBook>();
    owner.execute(() -> done.complete(draw()));
    return done;
  }

  private EdgeBook draw() {
    return new EdgeBook(
        name, incarnation.toString(), page(Lane.EVENT), page(Lane.WINDOW), shelf.pending());
  }

  private EdgeBook.Page page(Lane lane) {
    LaneBook book = shelf.book(lane);
    return new EdgeBook.Page(
        book.framed(),
        book.settled(Fate.COMMITTED),
        book.settled(Fate.REFUSED),
        book.settled(Fate.CONFLICT),
        book.settled(Fate.DROPPED));
  }

  private void tick() {
    if (ended) {
      return;
    }
    frame();
    long due = (nextMinute + 1) * PlantFrames.MINUTE + phase;
    try {
      var _ = owner.schedule(this::tick, clock.nanosUntil(due), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException over) {
      ended = true;
    }
  }

  /** Every minute that is over. */
  private void frame() {
    long over = Math.floorDiv(clock.micros() - phase, PlantFrames.MINUTE);
    boolean live = link.isUp();
    for (; nextMinute < over; nextMinute++) {
      if (stopped) {
        continue;
      }
      shelf.windows(nextMinute * PlantFrames.MINUTE, live);
      if (random.nextDouble() < eventsPerMinute) {
        shelf.event((nextMinute + 1) * PlantFrames.MINUTE, live);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    owner.execute(() -> ended = true);
    uplink.close();
  }
}
