package io.edgeflow.lab.bench;

import io.edgeflow.lab.bench.FleetResult.Memory;
import io.edgeflow.lab.bench.FleetResult.Return;
import io.edgeflow.lab.bench.FleetResult.Use;
import io.edgeflow.lab.load.BookCheck;
import io.edgeflow.lab.load.Lags.Lag;
import io.edgeflow.lab.load.LoadFleet;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A fleet connects, sends, is cut off, returns, and is held against its cloud. One thread. */
final class FleetRun {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** Live windows are watched for so long at least: every edge has one of them. */
  private static final Duration LIVE = Duration.ofSeconds(62);

  private static final long LOOK_MILLIS = 20;
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final FleetCloud cloud;
  private final LoadFleet fleet;
  private final FleetPlan plan;
  private final Consumer<String> progress;
  private long toldNanos = System.nanoTime();

  FleetRun(FleetCloud cloud, LoadFleet fleet, FleetPlan plan, Consumer<String> progress) {
    this.cloud = cloud;
    this.fleet = fleet;
    this.plan = plan;
    this.progress = progress;
  }

  /** Processor time so far, seconds. */
  private record Busy(double cloud, double database, double fleet, long nanos) {
    Use since(Busy before) {
      double seconds = (nanos - before.nanos) / 1e9;
      return new Use(
          (cloud - before.cloud) / seconds,
          (database - before.database) / seconds,
          (fleet - before.fleet) / seconds);
    }
  }

  FleetResult run() throws IOException, SQLException, InterruptedException {
    long begun = System.nanoTime();
    fleet.start();
    until("all are answered", () -> fleet.sending() == edges());
    double connected = since(begun);
    pass(plan.warmUp());
    Busy before = busy();
    long from = System.nanoTime();
    pass(plan.steady());
    long to = System.nanoTime();
    Use steady = busy().since(before);
    Mass mass = plan.outage().isZero() ? null : outage();
    fleet.stopSensing();
    until("nothing waits", () -> fleet.pending() == 0);
    BookCheck check = BookCheck.of(fleet.books(), cloud.ledger());
    Lag lag = fleet.lags().between(from, to);
    return new FleetResult(
        plan, connected, lag, steady, finished(mass), check, fleet.resent(), memory());
  }

  /** A mass return, before the last of its live windows is committed. */
  private record Mass(
      long backlog, double answered, double drained, long fromNanos, long toNanos, Use use) {}

  private Mass outage() throws IOException, InterruptedException {
    progress.accept("all are cut off");
    fleet.cut(edge -> true);
    until("all are away", () -> fleet.sending() == 0);
    fleet.leap(plan.outage());
    long all = edges() * plan.outage().toMinutes();
    until("the outage is numbered", () -> fleet.pending() >= all);
    long backlog = fleet.pending();
    Busy before = busy();
    long mended = System.nanoTime();
    fleet.mend(edge -> true);
    progress.accept("all return, %d frames wait".formatted(backlog));
    double[] answered = {0};
    until(
        "the backlog is through",
        () -> {
          if (answered[0] == 0 && fleet.sending() == edges()) {
            answered[0] = since(mended);
          }
          return answered[0] > 0 && fleet.pending() <= edges() / 10;
        });
    double drained = since(mended);
    Use use = busy().since(before);
    pass(LIVE.minusNanos((long) (drained * 1e9)));
    return new Mass(backlog, answered[0], drained, mended, System.nanoTime(), use);
  }

  private @Nullable Return finished(@Nullable Mass mass) {
    return mass == null
        ? null
        : new Return(
            mass.backlog(),
            mass.answered(),
            mass.drained(),
            fleet.lags().between(mass.fromNanos(), mass.toNanos()),
            mass.use());
  }

  private int edges() {
    return plan.shape().edges();
  }

  private Busy busy() throws IOException {
    return new Busy(
        ProcessUse.seconds(cloud.process()),
        ProcessUse.seconds(cloud.database()),
        ProcessHandle.current()
            .info()
            .totalCpuDuration()
            .map(time -> time.toNanos() / 1e9)
            .orElse(0.0),
        System.nanoTime());
  }

  private Memory memory() throws IOException, SQLException {
    return new Memory(
        ProcessUse.peakBytes(cloud.process()),
        ProcessUse.peakBytes(ProcessHandle.current()),
        ProcessUse.bytes(cloud.database()),
        cloud.databaseBytes());
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private void pass(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      tell();
    }
  }

  private void until(String what, BooleanSupplier condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("not within %d s: %s".formatted(PATIENCE.toSeconds(), what));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      tell();
    }
  }

  private void tell() {
    if (System.nanoTime() - toldNanos > TELL_NANOS) {
      toldNanos = System.nanoTime();
      Lag lag = fleet.lags().between(toldNanos - TELL_NANOS, toldNanos);
      progress.accept(
          String.format(
              Locale.ROOT,
              "of %d edges %d are connected, %d answered; %d frames wait; framed and committed in"
                  + " the last 10 s: %d, the slowest after %.2f s",
              edges(),
              fleet.connected(),
              fleet.sending(),
              fleet.pending(),
              lag.frames(),
              lag.most() / 1e9));
    }
  }
}
