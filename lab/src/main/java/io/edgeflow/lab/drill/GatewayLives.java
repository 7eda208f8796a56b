package io.edgeflow.lab.drill;

import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.doom.Doom;
import io.edgeflow.lab.doom.Point;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The lives of one gateway: each ends at a point that was fixed when it began, or at a random
 * moment, and the next begins at once.
 */
final class GatewayLives {
  private static final String AT_RANDOM = "at random";
  private static final Duration POINT_PATIENCE = Duration.ofSeconds(3);
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final int LONGEST_START_MILLIS = 3_000;

  private final Service gateway;
  private final Crowd crowd;
  private final SplittableRandom random;
  private final Figures starts = new Figures();
  private final TreeMap<String, Integer> deaths = new TreeMap<>();
  private long startedNanos;

  /** The stage started the first one, and nobody looked at the clock. */
  private boolean measured = true;

  /**
   * @param crowd speaks to the gateway
   */
  GatewayLives(Service gateway, Crowd crowd, SplittableRandom random) {
    this.gateway = gateway;
    this.crowd = crowd;
    this.random = random;
  }

  /** One life and its end; no gateway runs afterwards. One that was left running ends before. */
  void one() throws IOException, InterruptedException {
    switch (random.nextInt(4)) {
      case 0, 1 -> atAPoint();
      case 2 -> whileStarting();
      default -> underLoad();
    }
  }

  private void atAPoint() throws IOException, InterruptedException {
    Point[] points = Point.values();
    Point point = points[random.nextInt(points.length)];
    var doom = new Doom(point, 1 + random.nextInt(point.usual()), random.nextBoolean());
    end(AT_RANDOM);
    start(List.of(doom.option()));
    awaitReady();
    if (gateway.child().ended(POINT_PATIENCE)) {
      count("at " + point.word());
    }
    end(AT_RANDOM);
  }

  private void whileStarting() throws IOException, InterruptedException {
    end(AT_RANDOM);
    start(List.of());
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_START_MILLIS));
    end(gateway.ready() ? AT_RANDOM : "while starting");
  }

  private void underLoad() throws IOException, InterruptedException {
    if (!gateway.isAlive()) {
      start(List.of());
    }
    awaitReady();
    awaitSpeech();
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
    end(AT_RANDOM);
  }

  /** The sensors take a moment to find that their broker is back. */
  void awaitSpeech() throws InterruptedException {
    long before = crowd.acknowledged();
    Patience.until("a reading is acknowledged", Stage.START, () -> crowd.acknowledged() > before);
  }

  /** Begins a life that nobody ends. */
  void live() throws IOException, InterruptedException {
    if (!gateway.isAlive()) {
      start(List.of());
    }
    if (!awaitReady()) {
      throw new DrillFailure("the gateway does not start:\n" + gateway.child().lastWords());
    }
  }

  private void start(List<String> jvm) throws IOException {
    gateway.start(jvm, List.of());
    startedNanos = System.nanoTime();
    measured = false;
  }

  /** False if it ended first. */
  private boolean awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + Stage.START.toNanos();
    while (!gateway.ready()) {
      if (!gateway.isAlive()) {
        return false;
      }
      if (System.nanoTime() > deadline) {
        throw new DrillFailure("the gateway is not ready:\n" + gateway.child().lastWords());
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    if (!measured) {
      starts.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
      measured = true;
    }
    return true;
  }

  private void end(String how) {
    if (gateway.isAlive()) {
      gateway.child().kill();
      count(how);
    }
  }

  private void count(String how) {
    deaths.merge(how, 1, Integer::sum);
  }

  /** From the start of a process to its first readiness. */
  Figures starts() {
    return starts;
  }

  int died() {
    return deaths.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often it died how. */
  SequencedMap<String, Integer> deaths() {
    return deaths;
  }
}
