package io.edgeflow.lab.drill;

import io.edgeflow.gateway.EdgeCore;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.core.Breakages;
import io.edgeflow.lab.core.DirectSensors;
import io.edgeflow.lab.core.Graves;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What an edge does in its life, in short, so that every operation of its disk can be made to fail:
 * it starts, records and delivers; its link goes, so that it seals and coarsens; it is killed; it
 * recovers, delivers the backlog and seals its incarnation. One thread.
 */
final class FaultyRun {
  private static final int FEW = 120;

  /** More frames than the budget has room for: the oldest lose resolution. */
  private static final int MANY = 6_000;

  /** It looks for room every few seconds: one in so many waits for that, others are killed. */
  private static final long LIVES_ON = 5;

  private static final long PAUSE_MILLIS = 20;

  /** A disk that fails until it is mended takes no seal. */
  private static final Duration SEAL = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final GatewayConfig config;
  private final CoreCloud cloud;
  private final ForgetfulDisk platter;
  private final DirectSensors sensors;
  private final Breakages breakages;
  private final Graves graves;
  private final Consumer<String> progress;
  private int refusals;
  private int startsOnFullDisks;

  FaultyRun(
      GatewayConfig config,
      CoreCloud cloud,
      ForgetfulDisk platter,
      DirectSensors sensors,
      Breakages breakages,
      Graves graves,
      Consumer<String> progress) {
    this.config = config;
    this.cloud = cloud;
    this.platter = platter;
    this.sensors = sensors;
    this.breakages = breakages;
    this.graves = graves;
    this.progress = progress;
  }

  /**
   * One run, of which the n-th operation fails.
   *
   * @throws DrillFailure if the edge does not take up its work again once the disk is mended
   */
  Strike attack(FaultKind kind, long nth) throws IOException, InterruptedException {
    Strike strike = new Strike(kind, nth);
    cloud.link().pass();
    Life first = begin(strike);
    first = say(first, strike, FEW);
    cloud.link().refuse();
    first = say(first, strike, MANY);
    kill(first);
    cloud.link().pass();
    Life last = begin(strike);
    last = say(last, strike, FEW);
    last.core.recorder().seal(SEAL);
    kill(last);
    return strike;
  }

  private record Life(EdgeCore core, DirectSensors.Session session) {}

  /** As a supervisor would: a start that fails is tried again. */
  private Life begin(Strike strike) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      FaultyDisk disk = new FaultyDisk(platter.forThisProcess());
      strike.on(disk, folders());
      try {
        EdgeCore core = open(disk);
        return new Life(core, sensors.connect(core.recorder().intake()));
      } catch (IOException refused) {
        platter.kill();
        if (System.nanoTime() > end) {
          throw refused;
        }
        refusals++;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        if (strike.mayBeMended()) {
          strike.mend();
        }
      }
    }
  }

  private void kill(Life life) throws InterruptedException {
    platter.kill();
    graves.bury(life.core);
  }

  /** So many messages more, each until it is acknowledged. */
  private Life say(Life life, Strike strike, int messages)
      throws IOException, InterruptedException {
    Life current = life;
    long goal = sensors.acknowledgedMessages() + messages;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (sensors.acknowledgedMessages() < goal) {
      current.session.step();
      if (System.nanoTime() > end) {
        throw new DrillFailure("nothing is acknowledged within " + PATIENCE.toSeconds() + " s");
      }
      if (strike.mayBeMended()) {
        current = mended(current, strike);
      }
    }
    return current;
  }

  /** On a full disk it is killed and starts first (J9). */
  private Life mended(Life life, Strike strike) throws IOException, InterruptedException {
    Life current = life;
    if (strike.kind() == FaultKind.FULL) {
      kill(current);
      current = begin(strike);
    }
    if (strike.kind() != FaultKind.FULL) {
      strike.mend();
    } else if (strike.mayBeMended()) {
      startsOnFullDisks++;
      strike.mend();
      if (strike.nth() % LIVES_ON != 0) {
        kill(current);
        current = begin(strike);
      }
    }
    return current;
  }

  /** Starts that the disk did not let happen. */
  int refusals() {
    return refusals;
  }

  /** Starts on a disk without a free byte (J9). */
  int startsOnFullDisks() {
    return startsOnFullDisks;
  }

  private Path[] folders() {
    return Stream.of("journal", "backlog", "")
        .map(folder -> config.dataDir().resolve(folder))
        .toArray(Path[]::new);
  }

  /** Starts on the healthy disk, says everything again that is open, and delivers all. */
  EdgeAccount rest() throws Exception {
    cloud.link().pass();
    EdgeCore core = open(platter.forThisProcess());
    try {
      DirectSensors.Session session = sensors.connect(core.recorder().intake());
      until("everything is acknowledged", () -> sensors.open() == 0, session::repeat);
      String left = CoreCloud.deliver(core, progress);
      if (!left.isEmpty()) {
        throw new DrillFailure("not everything was delivered: " + left);
      }
      EdgeAccount account = CoreCloud.account(core);
      core.finish();
      return account;
    } finally {
      platter.kill();
    }
  }

  private EdgeCore open(Disk disk) throws IOException {
    return EdgeCore.open(config, Surroundings.real().withDisk(disk), breakages);
  }

  private static void until(String what, BooleanSupplier condition, Runnable step) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new DrillFailure("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      step.run();
    }
  }
}
