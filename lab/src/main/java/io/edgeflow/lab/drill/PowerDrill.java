package io.edgeflow.lab.drill;

import io.edgeflow.gateway.EdgeCore;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.core.Breakages;
import io.edgeflow.lab.core.CoreSettings;
import io.edgeflow.lab.core.DirectSensors;
import io.edgeflow.lab.core.Graves;
import io.edgeflow.lab.core.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The power goes, again and again, under the core of an edge whose disk forgets what was not
 * synced. Used once; one thread.
 */
final class PowerDrill {
  private static final String KILL = "a kill";
  private static final String IN_ORDER = "an orderly end";
  private static final int TELL_EVERY = 50;
  private static final int DEVICES = 6;
  private static final long STEP_MILLIS = 1_000;
  private static final double MESSAGES_PER_SECOND = 2_000;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(1);

  /** Stamps begin so long ago: they run ahead of the clock, and windows close by them. */
  private static final Duration AGO = Duration.ofDays(60);

  private final int cuts;
  private final SplittableRandom random;
  private final Consumer<String> progress;
  private final long seed;
  private final ForgetfulDisk platter = new ForgetfulDisk();
  private final Breakages breakages = new Breakages();
  private final DirectSensors sensors =
      new DirectSensors(
          DEVICES, System.currentTimeMillis() - AGO.toMillis(), STEP_MILLIS, MESSAGES_PER_SECOND);
  private final Figures starts = new Figures();
  private final TreeMap<String, Integer> ends = new TreeMap<>();
  private final Graves graves = new Graves();
  private int outages;

  PowerDrill(int cuts, long seed, Consumer<String> progress) {
    this.cuts = cuts;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.progress = progress;
  }

  static DrillResult play(int cuts, Path home, long seed, Consumer<String> progress)
      throws InterruptedException {
    return new PowerDrill(cuts, seed, progress).play(home);
  }

  private DrillResult play(Path home) throws InterruptedException {
    long begun = System.nanoTime();
    Played played = null;
    Verdict verdict = null;
    String ended = "";
    try (LogFile _ = LogFile.open(home.resolve("edge.log"));
        CoreCloud cloud = CoreCloud.start(home, progress)) {
      GatewayConfig config = CoreSettings.of(House.EDGE, home, cloud.uplink(), CoreSettings.SMALL);
      for (int cut = 1; cut <= cuts; cut++) {
        toggle(cloud);
        live(config);
        if (cut % TELL_EVERY == 0) {
          tell(cut);
        }
      }
      cloud.link().pass();
      played = account();
      graves.close();
      verdict = rest(config, cloud);
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      ended = failure.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new DrillResult("power", seed, took, played, verdict, ended);
  }

  private void tell(int cut) {
    progress.accept(
        "%d of %d ends, %d readings acknowledged, %d files on the disk; start: %s"
            .formatted(cut, cuts, sensors.acknowledged(), files(), starts));
  }

  private int files() {
    return platter.files().size();
  }

  /** While the link is down frames stay, are sealed, and lose resolution when there is no room. */
  private void toggle(CoreCloud cloud) {
    if (random.nextInt(20) == 0) {
      cloud.link().refuse();
      outages++;
    } else if (random.nextInt(12) == 0) {
      cloud.link().pass();
    }
  }

  /** One life, and its end. */
  private void live(GatewayConfig config) throws InterruptedException {
    Disk mortal = platter.forThisProcess();
    FaultyDisk disk = new FaultyDisk(mortal);
    int kind = random.nextInt(10);
    if (kind >= 8) {
      makeFaulty(disk, random.split());
    }
    // Some in the first operations, which are the recovery.
    platter.cutAfter(kind == 7 ? random.nextInt(150) : 60 + random.nextInt(1_500));
    String end = "a power cut during recovery";
    try {
      EdgeCore core = begin(config, disk);
      end = end(core, kind);
      graves.bury(core);
    } catch (IOException refused) {
      if (!platter.isOff()) {
        end = "a disk too faulty to start from";
      }
    }
    ends.merge(end, 1, Integer::sum);
    if (end.equals(KILL) || end.equals(IN_ORDER)) {
      platter.kill();
    } else {
      platter.restart(random);
    }
  }

  private String end(EdgeCore core, int kind) throws InterruptedException {
    if (kind == 0) {
      platter.cutAfter(-1);
      speak(core, random.nextLong(LONGEST_LIFE.toNanos()));
      core.finish();
      return IN_ORDER;
    }
    speak(core, LONGEST_LIFE.toNanos());
    if (kind == 1 && !platter.isOff()) {
      return KILL;
    }
    return "a power cut";
  }

  private EdgeCore begin(GatewayConfig config, Disk disk) throws IOException {
    long begun = System.nanoTime();
    EdgeCore core = EdgeCore.open(config, Surroundings.real().withDisk(disk), breakages);
    starts.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    return core;
  }

  /** Until the power goes, or it has lived long enough. */
  private void speak(EdgeCore core, long nanos) {
    DirectSensors.Session session = sensors.connect(core.recorder().intake());
    long end = System.nanoTime() + nanos;
    while (!platter.isOff() && System.nanoTime() < end) {
      session.step();
    }
  }

  private static void makeFaulty(FaultyDisk disk, SplittableRandom faults) {
    disk.fault(
        operation -> {
          boolean writing = operation == Operation.FORCE || operation == Operation.WRITE;
          synchronized (faults) {
            if (writing && faults.nextInt(20) == 0) {
              throw new IOException("a fault of this drill");
            }
          }
        });
  }

  private Played account() {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("ends", ends);
    figures.put("outages", outages);
    figures.put("startMillis.median", starts.quantile(0.5));
    figures.put("startMillis.max", starts.max());
    List<String> how = new ArrayList<>();
    ends.forEach((end, count) -> how.add(end + " " + count + " times"));
    return Played.of(
        ("The edge's core (recorder, journal, backlog, outbox and uplink, fed without a broker)"
                + " ended %d times: %s. After a power cut its disk forgot at random what was not"
                + " synced. The link was down in %d stretches. Recovery: %s.")
            .formatted(cuts, String.join(", ", how), outages, starts),
        figures);
  }

  /** The last life: everything is sent again, acknowledged and delivered. */
  private Verdict rest(GatewayConfig config, CoreCloud cloud) throws Exception {
    progress.accept("waiting until everything is acknowledged and delivered");
    List<String> faults = new ArrayList<>(breakages.words());
    EdgeAccount edge;
    try (EdgeCore core = begin(config, platter.forThisProcess())) {
      DirectSensors.Session session = sensors.connect(core.recorder().intake());
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (sensors.open() > 0 && System.nanoTime() < end) {
        session.repeat();
      }
      if (sensors.open() > 0) {
        faults.add(sensors.open() + " messages were never acknowledged");
      }
      String left = CoreCloud.deliver(core, progress);
      if (!left.isEmpty()) {
        faults.add("not everything was delivered: " + left);
      }
      edge = CoreCloud.account(core);
    }
    return cloud.judge(edge, sensors, faults);
  }
}
