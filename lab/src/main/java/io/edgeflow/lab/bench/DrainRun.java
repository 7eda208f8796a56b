package io.edgeflow.lab.bench;

import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Outages one after the other, each of other minutes, and their drains. */
final class DrainRun {
  private static final long MINUTE_MILLIS = 60_000;
  private static final int MARGIN_MINUTES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String DATABASE = "postgres";

  private final DrainHouse house;
  private final DrainShape shape;
  private final Path home;
  private final Consumer<String> progress;

  DrainRun(DrainHouse house, DrainShape shape, Path home, Consumer<String> progress) {
    this.house = house;
    this.shape = shape;
    this.home = home;
    this.progress = progress;
  }

  /**
   * @throws IOException also if the database does not hold what was acknowledged: what is fast but
   *     loses readings is not fast
   */
  DrainResult run() throws IOException, SQLException, InterruptedException {
    await("the first hello", house::linked);
    long now = System.currentTimeMillis() / MINUTE_MILLIS;
    List<DrainRound> rounds = new ArrayList<>();
    MemoryWatch.Peak peak = new MemoryWatch.Peak(0, 0);
    for (int round = 1; round <= shape.rounds(); round++) {
      long first = now - MARGIN_MINUTES - (long) round * shape.minutes();
      long readings = takeOutage(first);
      try (DrainLoad.Live live = load().live();
          MemoryWatch memory = new MemoryWatch(house.gatewayHttp())) {
        await("every window of the outage is numbered", () -> numbered(live));
        rounds.add(drain());
        live.end();
        peak = peak.with(memory.peak().residentBytes(), memory.peak().heapBytes());
      }
      check(first, readings);
    }
    return new DrainResult(shape, rounds, house.tap().figures(), peak, bare());
  }

  private DrainLoad load() {
    return new DrainLoad(house.sensorPort(), shape.series());
  }

  /** Takes the link away, and readings of every window of these minutes. */
  private long takeOutage(long first) throws IOException, InterruptedException {
    house.link().refuse();
    long start = System.nanoTime();
    long readings = load().past(first, shape.minutes(), shape.readings());
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.accept(
        "%,d readings of %,d minutes taken in %.1f s"
            .formatted(readings, shape.minutes(), seconds));
    return readings;
  }

  /** What is open now is no more than what the live sensors said. */
  private boolean numbered(DrainLoad.Live live) throws IOException {
    return house.account().pending() <= live.published();
  }

  private DrainRound drain() throws IOException, SQLException, InterruptedException {
    EdgeAccount.Amount framed = house.account().lane(Lane.WINDOW).framed();
    String incarnation = house.status().path("incarnation").asText();
    try (CommitWatch commits =
        new CommitWatch(house.connect(DATABASE), incarnation, framed.frames())) {
      long returned = System.nanoTime();
      house.link().pass();
      await("the uplink works", house::linked);
      long linked = System.nanoTime();
      long linkedMicros = System.currentTimeMillis() * 1_000;
      await("the drain", () -> commits.drainedNanos() != 0);
      long drainedMicros = System.currentTimeMillis() * 1_000;
      progress.accept("drained in %.1f s".formatted((commits.drainedNanos() - linked) / 1e9));
      // What was numbered last must have its time to be seen.
      TimeUnit.SECONDS.sleep(5);
      List<FrameTap.Sighting> live =
          house.tap().above(framed.frames()).stream()
              .filter(frame -> frame.createdMicros() >= linkedMicros)
              .filter(frame -> frame.createdMicros() <= drainedMicros)
              .toList();
      return round(
          framed.frames(),
          linked - returned,
          commits.drainedNanos() - linked,
          live,
          commits.seen());
    }
  }

  private static DrainRound round(
      long frames,
      long reconnectNanos,
      long drainNanos,
      List<FrameTap.Sighting> live,
      Map<Long, Long> seen) {
    List<Long> micros = new ArrayList<>();
    for (FrameTap.Sighting frame : live) {
      Long at = seen.get(frame.number());
      if (at != null) {
        micros.add(at - frame.createdMicros());
      }
    }
    return new DrainRound(
        frames, reconnectNanos, drainNanos, micros, (long) live.size() - micros.size());
  }

  /** Every window is there, and counts every reading once. */
  private void check(long firstMinute, long readings) throws IOException, SQLException {
    String sum = "select count(*), sum(count) from sample_window where time >= ? and time < ?";
    try (Connection connection = house.connect(DATABASE);
        PreparedStatement select = connection.prepareStatement(sum)) {
      select.setTimestamp(1, new Timestamp(firstMinute * MINUTE_MILLIS));
      select.setTimestamp(2, new Timestamp((firstMinute + shape.minutes()) * MINUTE_MILLIS));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getLong(1) != shape.windows() || row.getLong(2) != readings) {
          throw new IOException(
              "the database holds %d windows of %d readings, not %d of %d"
                  .formatted(row.getLong(1), row.getLong(2), shape.windows(), readings));
        }
      }
    }
  }

  private BareCopy.Result bare() throws IOException, SQLException {
    if (!shape.bare()) {
      return new BareCopy.Result(0, 0);
    }
    progress.accept("now the bare COPY of the same rows");
    return new BareCopy(house, home.resolve("rows.copy")).measure();
  }

  /** Something that may fail while it is asked. */
  private interface Condition {
    boolean holds() throws IOException, SQLException;
  }

  private static void await(String what, Condition condition)
      throws IOException, SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not within " + PATIENCE + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
