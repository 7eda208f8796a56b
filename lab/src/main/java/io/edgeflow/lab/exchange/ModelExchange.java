package io.edgeflow.lab.exchange;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.EdgeCore;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import io.edgeflow.gateway.scoring.GatewayScoring;
import io.edgeflow.gateway.scoring.ModelCommand;
import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.ScoringLog;
import io.edgeflow.gateway.uplink.Link;
import io.edgeflow.lab.core.Breakages;
import io.edgeflow.lab.core.CoreSettings;
import io.edgeflow.process.metrics.ResidentMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Models change while the core of an edge records and scores a thousand readings a second: the
 * recorder, its journal on a real disk, the thread that scores, real graphs.
 */
public final class ModelExchange implements AutoCloseable {
  private static final int BUNDLES = 24;
  private static final long PATIENCE_SECONDS = 60;
  private static final int WARM_UP = 100;

  /** Native memory; sessions that stay would be 100 MiB for a thousand changes. */
  private static final long BOUND = 32L << 20;

  private static final int LOOKS = 5;
  private static final long LOOK_MILLIS = 50;

  private static final Said DRILL = new Said("drill", "");

  /**
   * What came of it.
   *
   * @param changes of the model that serves
   * @param residentBefore bytes after the first changes; -1 where the system does not tell
   * @param residentAfter at the end
   * @param nativeGrowth by how much more it grew than the Java heap did
   * @param faults empty if everything held
   */
  public record Report(
      int changes,
      int shadows,
      int returns,
      int refused,
      long readings,
      long scores,
      long residentBefore,
      long residentAfter,
      long nativeGrowth,
      List<String> faults) {}

  private final SplittableRandom random;
  private final List<Path> bundles;
  private final Path liar;
  private final EdgeCore core;
  private final Breakages breakages = new Breakages();
  private final RowWatch watch;
  private final GatewayScoring scoring;
  private final Thread load = Thread.ofPlatform().name("load").daemon().unstarted(this::publish);
  private volatile boolean stopped;

  /** Readings that the intake took. Of the load thread, and of others once it has ended. */
  private long published;

  private int changes;
  private int shadows;
  private int returns;
  private int refused;

  private ModelExchange(Path home, long seed) throws IOException {
    this.random = new SplittableRandom(seed);
    this.bundles = VersionBundles.write(home.resolve("bundles"), BUNDLES);
    this.liar = VersionBundles.liar(home.resolve("bundles"));
    this.watch = new RowWatch(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
    this.core =
        EdgeCore.open(
            CoreSettings.of("exchange", home, URI.create("tcp://localhost:1"), List.of()),
            Surroundings.real(),
            breakages,
            new NoLink());
    ScoringLog log =
        (severity, type, message, detail) -> {
          if (type.equals("model-active")) {
            watch.active(Integer.parseInt(detail.getOrDefault("version", "0")));
          }
          core.recorder().event(severity, type, message, detail);
        };
    this.scoring =
        GatewayScoring.start(
            List.of(
                new ScoringConfig("wear", bundles.getFirst(), Placement.INSIDE, Optional.empty())),
            new GatewayScoring.Ground(
                home.resolve("edge/models"),
                new Counting(core.recorder().intake(), watch),
                new SimpleMeterRegistry(),
                log,
                core.recorder()::presentMicros),
            new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMinutes(1)));
    core.recorder()
        .listen(
            (series, time, number, text, quality) -> {
              scoring.accepted(series, time, number, text, quality);
              watch.accepted(series, time, number, text, quality);
            });
  }

  /** Counts scores in the order in which they are handed over; events come in the same order. */
  private record Counting(Intake intake, RowWatch watch) implements Intake {
    @Override
    public boolean offer(Submission submission) {
      // A submission that is settled has let go of its values, and it may be settled at once.
      int scores = submission.polledValues().size();
      boolean taken = intake.offer(submission);
      if (taken) {
        watch.offered(scores);
      }
      return taken;
    }

    @Override
    public void whenRoom(Runnable retry) {
      intake.whenRoom(retry);
    }
  }

  /** Nobody to talk to. */
  private static final class NoLink implements Link {
    @Override
    public Attempt open(byte[] will, Listener listener) {
      listener.closed("there is no cloud in this drill");
      return new Attempt() {
        @Override
        public void publish(String topic, byte[] payload, boolean retained) {}

        @Override
        public void close() {}
      };
    }
  }

  /**
   * Plays it.
   *
   * @param home an empty folder
   */
  public static Report play(int changes, long seed, Path home, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (var exchange = new ModelExchange(home, seed)) {
      return exchange.play(changes, progress);
    }
  }

  private Report play(int wanted, Consumer<String> progress) throws InterruptedException {
    until("a model serves", () -> model().state().equals("serving"));
    load.start();
    awaitScores();
    int warmUp = Math.min(WARM_UP, wanted / 2);
    while (changes < warmUp) {
      change();
    }
    Memory before = memory();
    progress.accept("%d changes, %d MiB resident".formatted(changes, before.resident() >> 20));
    int told = 0;
    while (changes < wanted) {
      change();
      if (changes / 100 > told) {
        told = changes / 100;
        progress.accept(
            "%d changes, %d scores, %d MiB resident"
                .formatted(changes, watch.scores(), memory().resident() >> 20));
      }
    }
    Memory after = memory();
    stopped = true;
    load.join();
    // What the recorder has scored may be all that it accepted, and the intake still hold more.
    until("every reading is scored", () -> watch.scores() >= published);
    return report(before, after);
  }

  private Report report(Memory before, Memory after) {
    List<String> faults = new ArrayList<>(watch.faults());
    faults.addAll(breakages.words());
    Status.Model model = model();
    if (model.dropped() > 0 || model.errors() > 0) {
      faults.add(
          "%d readings dropped, %d rows without a score"
              .formatted(model.dropped(), model.errors()));
    }
    if (watch.boundaries() != changes + 1) {
      faults.add("%d events tell of %d changes".formatted(watch.boundaries() - 1, changes));
    }
    long grown = before.resident() < 0 ? 0 : after.apart() - before.apart();
    if (grown > BOUND) {
      faults.add("native memory has grown by %d MiB".formatted(grown >> 20));
    }
    return new Report(
        changes,
        shadows,
        returns,
        refused,
        watch.readings(),
        watch.scores(),
        before.resident(),
        after.resident(),
        grown,
        faults);
  }

  private Status.Model model() {
    return scoring.models().getFirst();
  }

  private void change() throws InterruptedException {
    if (random.nextInt(20) == 0) {
      ask(new ModelCommand.Prepare(liar), false);
    }
    ask(new ModelCommand.Prepare(another()), true);
    if (random.nextInt(10) == 0) {
      ask(new ModelCommand.Discard(), true);
      ask(new ModelCommand.Prepare(another()), true);
    }
    if (random.nextInt(4) == 0) {
      ask(new ModelCommand.Shadow(), true);
      shadows++;
      awaitScores();
    }
    ask(new ModelCommand.Promote(), true);
    changes++;
    awaitScores();
    if (random.nextInt(5) == 0) {
      ask(new ModelCommand.Back(), true);
      changes++;
      returns++;
      awaitScores();
    }
  }

  /** One that is not loaded in any role. */
  private Path another() {
    Status.Model now = model();
    while (true) {
      int version = 1 + random.nextInt(BUNDLES);
      String words = "plus " + version + " ";
      if (!now.version().equals(Integer.toString(version))
          && !now.before().startsWith(words)
          && !now.candidate().startsWith(words)) {
        return bundles.get(version - 1);
      }
    }
  }

  private void ask(ModelCommand command, boolean taken) throws InterruptedException {
    try {
      ModelOutcome outcome =
          scoring.ask("wear", command, DRILL).outcome().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if ((outcome instanceof ModelOutcome.Done) != taken) {
        throw new IllegalStateException(command.word() + ": " + outcome);
      }
      refused += taken ? 0 : 1;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(command.word() + " does not end", e);
    }
  }

  private void awaitScores() throws InterruptedException {
    long wanted = watch.scores() + 1 + random.nextInt(5);
    until("scores come", () -> watch.scores() >= wanted);
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within " + PATIENCE_SECONDS + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** A reading each millisecond, as far as the machine keeps up. */
  private void publish() {
    for (int index = 0; offered(index); index++) {
      published++;
      long ahead = watch.timeMicros(index) - System.currentTimeMillis() * 1_000;
      if (ahead > 0) {
        LockSupport.parkNanos(ahead * 1_000);
      }
    }
  }

  /** Whether the intake took it before the end. */
  private boolean offered(int index) {
    var value =
        new PolledValue(
            RowWatch.FLOW, RowWatch.value(index), Quality.GOOD, watch.timeMicros(index));
    Submission submission = Submission.polled(List.of(value), System.nanoTime());
    while (!stopped) {
      if (core.recorder().intake().offer(submission)) {
        return true;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return false;
  }

  /**
   * Of this process.
   *
   * @param heap what the Java heap has of the system, touched or not
   */
  private record Memory(long resident, long heap) {
    long apart() {
      return resident - heap;
    }
  }

  /** Garbage is no leak; and what the heap gave back, the system has a moment later. */
  private static Memory memory() throws InterruptedException {
    Memory least = look();
    for (int more = 1; more < LOOKS; more++) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      Memory now = look();
      least = now.apart() < least.apart() ? now : least;
    }
    return least;
  }

  private static Memory look() {
    System.gc();
    return new Memory(
        ResidentMemory.bytes(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted());
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    scoring.close();
    core.close();
  }
}
