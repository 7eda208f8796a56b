package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.sim.PayloadForm;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.SimulatedPoint;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * The link is down for a day that is scaled down: a window is one second long instead of a minute,
 * and the plant lives through its 1 440 windows in less than real time.
 *
 * @param length real time of the outage
 * @param series of the plant
 * @param budgetBytes of the gateway's buffer; 0 for one that suffices
 */
record OutageDrill(Duration length, int series, long budgetBytes) implements Drill {
  private static final int WINDOWS = 1_440;
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration DAY = WINDOW.multipliedBy(WINDOWS);
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(30);
  private static final Duration DRAIN = Duration.ofMinutes(10);
  private static final int POINTS_PER_DEVICE = 50;

  /** On the average; a window without any does not exist. */
  private static final double MESSAGES_PER_WINDOW = 1.5;

  private static final double LIVE_MESSAGES_PER_DEVICE = 4;
  private static final int LOOKS = 20;

  /** Live frames on their way are no backlog. */
  private static final int LIVE_FRAMES = 3;

  @Override
  public String name() {
    return "outage";
  }

  @Override
  public Stage.Settings settings() {
    Stage.Settings settings =
        Stage.Settings.standard()
            .and("window.length=" + WINDOW.toSeconds() + "s", "limits.maxSeries=100000");
    return budgetBytes == 0
        ? settings
        : settings.and("buffer.maxBytes=" + budgetBytes, "journal.segmentBytes=256KiB");
  }

  @Override
  public Played play(Stage stage) throws IOException, SQLException, InterruptedException {
    var disk = new DiskUse(stage.house().gatewayDirectory(), budgetBytes);
    stage.awaitLinked(Stage.START);
    stage.link().refuse();
    disk.look("down");
    var clock = PlantClock.living(DAY, length);
    Crowd past = stage.add(past(stage, clock));
    long refused = outage(stage, past, disk);
    stage.add(live(stage));
    TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
    EdgeAccount before = stage.edgeAccount();
    stage.say("the link is up again, %d frames wait".formatted(before.buffered()));
    long returned = System.nanoTime();
    stage.link().pass();
    stage.awaitLinked(Stage.START);
    long linkMillis = millisSince(returned);
    LiveFrames live = LiveFrames.watch(stage);
    long drainMillis;
    try {
      drainMillis = drain(stage, disk);
    } finally {
      live.end();
    }
    Resolution resolution = Resolution.of(stage.tables(), clock.startMicros(), DAY, "past-%");
    long dropped = stage.edgeAccount().lane(Lane.WINDOW).dropped().readings();
    return account(before, linkMillis, drainMillis, live.figures(), disk, resolution, dropped)
        .requiring(
            refused == 0,
            "during the outage the gateway stopped acknowledging: %d readings waited"
                .formatted(refused));
  }

  private Crowd past(Stage stage, PlantClock clock) {
    double devices = Math.ceilDiv(series, POINTS_PER_DEVICE);
    double windowsPerSecond = WINDOWS / (length.toMillis() / 1e3);
    return Crowd.start(
        points("past-", stage.seed()),
        devices * windowsPerSecond * MESSAGES_PER_WINDOW,
        stage.house().sensors(),
        clock);
  }

  private Crowd live(Stage stage) {
    double devices = Math.ceilDiv(series, POINTS_PER_DEVICE);
    return Crowd.start(
        points("live-", stage.seed()),
        devices * LIVE_MESSAGES_PER_DEVICE,
        stage.house().sensors(),
        Crowd.PRESENT);
  }

  private List<SimulatedPoint> points(String prefix, long seed) {
    List<SimulatedPoint> all = new ArrayList<>();
    for (int device = 0; all.size() < series; device++) {
      String name = prefix + device;
      PlantLayout.proof(seed + device, EnumSet.of(PayloadForm.TOGETHER), POINTS_PER_DEVICE)
          .sensors()
          .stream()
          .limit(series - all.size())
          .map(point -> point.on(name))
          .forEach(all::add);
    }
    return all;
  }

  /** How many readings are not acknowledged while the link is still down. */
  private long outage(Stage stage, Crowd past, DiskUse disk)
      throws IOException, InterruptedException {
    for (int look = 1; look <= LOOKS; look++) {
      TimeUnit.NANOSECONDS.sleep(length.toNanos() / LOOKS);
      disk.look("down");
      if (look % 5 == 0) {
        stage.say(
            "%d of 24 hours without a link, %d readings acknowledged"
                .formatted(24 * look / LOOKS, past.acknowledged()));
      }
    }
    past.drain(ACKNOWLEDGED);
    return past.open();
  }

  /** Until nothing waits but what is new. */
  private static long drain(Stage stage, DiskUse disk) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long lookedAt = 0;
    while (true) {
      long elapsed = System.nanoTime() - begun;
      if (elapsed - lookedAt > TimeUnit.SECONDS.toNanos(2)) {
        lookedAt = elapsed;
        disk.look("up");
        stage.say(stage.edgeAccount().buffered() + " frames wait");
      }
      if (stage.edgeAccount().buffered() <= LIVE_FRAMES) {
        disk.look("up, drained");
        return millisSince(begun);
      }
      if (elapsed > DRAIN.toNanos()) {
        throw new DrillFailure("the backlog is not drained within " + DRAIN);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private Played account(
      EdgeAccount before,
      long linkMillis,
      long drainMillis,
      Figures live,
      DiskUse disk,
      Resolution resolution,
      long dropped) {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("series", series);
    figures.put("framesAfterTheOutage", before.buffered());
    figures.put("readingsOfTheOutage", before.lane(Lane.WINDOW).framed().readings());
    figures.put("linkMillis", linkMillis);
    figures.put("drainMillis", drainMillis);
    figures.put("liveFrames", live.count());
    figures.put("liveMillis.median", live.quantile(0.5));
    figures.put("liveMillis.p99", live.quantile(0.99));
    figures.put("mostBytesOnDisk", disk.most());
    figures.put("windowsByHour", resolution.windows());
    figures.put("readingsDropped", dropped);
    Played played =
        Played.of(
                ("The link was down for %d s, in which a plant of %d series lived through %d"
                     + " windows of %d s. Then %d frames waited. The edge found that the link had"
                     + " returned within %.1f s, and from then on until only live frames waited it"
                     + " took %.1f s. Meanwhile live frames took from their numbering to the"
                     + " commit: %s (looked at every 50 ms from outside).")
                    .formatted(
                        length.toSeconds(),
                        series,
                        WINDOWS,
                        WINDOW.toSeconds(),
                        before.buffered(),
                        linkMillis / 1e3,
                        drainMillis / 1e3,
                        live),
                figures)
            .showing(disk.table())
            .showing(resolution.table())
            .showing(resolution.summary(dropped));
    return budgetBytes == 0
        ? played
        : played
            .lenient(Leniency.NAMED_LOSSES)
            .requiring(
                disk.most() <= budgetBytes,
                "the budget of %d bytes was exceeded: %d".formatted(budgetBytes, disk.most()));
  }
}
