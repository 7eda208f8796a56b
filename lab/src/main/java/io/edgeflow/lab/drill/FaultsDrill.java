package io.edgeflow.lab.drill;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.core.Breakages;
import io.edgeflow.lab.core.CoreSettings;
import io.edgeflow.lab.core.DirectSensors;
import io.edgeflow.lab.core.Graves;
import io.edgeflow.lab.core.LogFile;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Each operation of an edge's disk fails in its turn, until a run is clean. After each the edge
 * starts on the healthy disk, delivers, and is judged. Used once; one thread.
 */
final class FaultsDrill {
  private static final int DEVICES = 6;
  private static final long STEP_MILLIS = 1_000;

  /** As fast as the edge takes them. */
  private static final double MESSAGES_PER_SECOND = 100_000;

  /** Stamps begin so long ago: they run ahead of the clock, and windows close by them. */
  private static final Duration AGO = Duration.ofDays(60);

  private static final int TELL_EVERY = 10;

  private final Pace pace;
  private final long seed;
  private final SplittableRandom random;
  private final Consumer<String> progress;
  private final Breakages breakages = new Breakages();
  private final DirectSensors sensors =
      new DirectSensors(
          DEVICES, System.currentTimeMillis() - AGO.toMillis(), STEP_MILLIS, MESSAGES_PER_SECOND);
  private final TreeMap<String, Integer> struck = new TreeMap<>();
  private long longestRun;
  private int attacked;

  /**
   * Which operations are attacked.
   *
   * @param every each so-manieth; 0 for as many as {@code most} asks for
   * @param most of each kind of failure
   */
  record Pace(long every, int most) {}

  private FaultsDrill(Pace pace, long seed, Consumer<String> progress) {
    this.pace = pace;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.progress = progress;
  }

  /**
   * @param more settings of the edge, over the drill's own
   */
  static DrillResult play(
      Pace pace, List<String> more, Path home, long seed, Consumer<String> progress)
      throws InterruptedException {
    return new FaultsDrill(pace, seed, progress).play(more, home);
  }

  private DrillResult play(List<String> more, Path home) throws InterruptedException {
    long begun = System.nanoTime();
    Played played = null;
    Verdict verdict = null;
    String ended = "";
    try (LogFile _ = LogFile.open(home.resolve("edge.log"));
        CoreCloud cloud = CoreCloud.start(home, progress);
        Graves graves = new Graves()) {
      List<String> settings = new ArrayList<>(CoreSettings.SMALL);
      settings.add("buffer.keepDelivered=0s");
      settings.addAll(more);
      GatewayConfig config = CoreSettings.of(House.EDGE, home, cloud.uplink(), settings);
      var run =
          new FaultyRun(config, cloud, new ForgetfulDisk(), sensors, breakages, graves, progress);
      verdict = attack(run, cloud);
      played = account(run, verdict);
      verdict = verdict.and(played.faults());
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      ended = failure.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new DrillResult("faults", seed, took, played, verdict, ended);
  }

  /** Until all is attacked, or the promise was broken. */
  private Verdict attack(FaultyRun run, CoreCloud cloud) throws Exception {
    long operations = run.attack(FaultKind.ONCE, Long.MAX_VALUE).operations();
    Verdict verdict = judge(run, cloud, "without a fault");
    long every = pace.every > 0 ? pace.every : Math.max(1, operations / pace.most);
    progress.accept(
        "a run has about %d operations of the disk; each %s fails"
            .formatted(operations, every == 1 ? "one" : every + "th"));
    for (FaultKind kind : FaultKind.values()) {
      long nth = 1 + random.nextLong(every);
      int done = 0;
      boolean reached = true;
      while (reached && verdict.held() && done < pace.most) {
        Strike strike = attack(run, kind, nth);
        longestRun = Math.max(longestRun, strike.operations());
        reached = strike.struck().isPresent();
        verdict = judge(run, cloud, words(strike));
        done += reached ? 1 : 0;
        nth += every;
      }
      progress.accept(
          "%s: %d operations attacked%s; %d readings acknowledged"
              .formatted(
                  kind.word(), done, reached ? "" : ", to a clean run", sensors.acknowledged()));
    }
    return verdict;
  }

  private static Strike attack(FaultyRun run, FaultKind kind, long nth)
      throws InterruptedException {
    try {
      return run.attack(kind, nth);
    } catch (IOException | DrillFailure failure) {
      throw new IllegalStateException(
          "operation %d, %s: %s".formatted(nth, kind.word(), failure), failure);
    }
  }

  private String words(Strike strike) {
    strike
        .struck()
        .ifPresent(
            operation -> {
              attacked++;
              struck.merge(operation.toString(), 1, Integer::sum);
              if (attacked % TELL_EVERY == 0) {
                progress.accept(
                    "%d operations attacked, the last a %s, the %d. of %d, %s"
                        .formatted(
                            attacked,
                            operation,
                            strike.nth(),
                            strike.operations(),
                            strike.kind().word()));
              }
            });
    return "operation %d (%s), %s"
        .formatted(
            strike.nth(), strike.struck().map(Enum::toString).orElse("none"), strike.kind().word());
  }

  /** On the healthy disk, and with everything delivered. */
  private Verdict judge(FaultyRun run, CoreCloud cloud, String after) throws Exception {
    List<String> faults = new ArrayList<>();
    breakages.words().forEach(word -> faults.add(after + ": " + word));
    Verdict verdict = cloud.judge(run.rest(), sensors, faults);
    if (!verdict.held()) {
      progress.accept("broken after " + after);
    }
    return verdict;
  }

  private Played account(FaultyRun run, Verdict verdict) {
    EdgeAccount.LaneAccount windows = verdict.edge().lane(Lane.WINDOW);
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("attacked", attacked);
    figures.put("attackedHow", struck);
    figures.put("operationsOfARun", longestRun);
    figures.put("startsRefused", run.refusals());
    figures.put("startsOnFullDisks", run.startsOnFullDisks());
    figures.put("framesCoarsened", windows.superseded().frames());
    List<String> how = new ArrayList<>();
    struck.forEach((operation, count) -> how.add(operation + " " + count + " times"));
    return Played.of(
            ("%d operations of the disk were attacked, of up to %d of a run: %s. %d starts were"
                    + " refused and tried again, %d were on a full disk. %d frames were merged into"
                    + " coarser ones. After each attack everything acknowledged was delivered.")
                .formatted(
                    attacked,
                    longestRun,
                    String.join(", ", how),
                    run.refusals(),
                    run.startsOnFullDisks(),
                    windows.superseded().frames()),
            figures)
        .requiring(attacked > 0, "nothing was attacked, so nothing is proved")
        .requiring(
            windows.superseded().frames() > 0, "nothing lost resolution: the attack missed that");
  }
}
