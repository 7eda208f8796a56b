package io.edgeflow.gateway.scoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.IntakeQueue;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.config.ScoringConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A real intake that nobody records, and what a gateway's scoring tells. One thread. */
public class ScoringRig {
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final IntakeQueue intake = new IntakeQueue(64, 1 << 20, () -> {});
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<PolledValue> scores = new ArrayList<>();
  private final Path folder;
  private long second;
  public volatile ModelVeto veto = ModelVeto.NONE;

  public ScoringRig(Path folder) {
    this.folder = folder;
  }

  public GatewayScoring start(GatewayScoring.Pace pace, ScoringConfig... slots) {
    ScoringLog log =
        (severity, type, message, detail) -> {
          String model = detail.getOrDefault("name", "");
          events.add(type + " " + model + " " + detail.getOrDefault("who", ""));
          told(type, model);
        };
    return GatewayScoring.start(
        List.of(slots),
        new GatewayScoring.Ground(folder, intake, meters, log, () -> 0, new VetoOfTheMoment()),
        pace);
  }

  private final class VetoOfTheMoment implements ModelVeto {
    @Override
    public Optional<String> against(String digest) {
      return veto.against(digest);
    }

    @Override
    public boolean didWell(String digest) {
      return veto.didWell(digest);
    }
  }

  /** An event, as it is told. Any thread. */
  void told(String type, String model) {}

  /** Type, model and who asked for it. */
  public List<String> events() {
    return List.copyOf(events);
  }

  public void read(GatewayScoring scoring, double flow) {
    second++;
    scoring.accepted("pump-7/flow", second * 1_000_000, flow, null, Quality.GOOD);
  }

  /** Waits for the score of a reading. */
  double score(GatewayScoring scoring, String slot, double flow) throws InterruptedException {
    read(scoring, flow);
    long time = second * 1_000_000;
    await(() -> scores() > 0 && scores.getLast().stampMicros() == time);
    assertTrue(scores.getLast().series().equals("pump-7/" + slot + ".score"));
    return scores.getLast().value();
  }

  /** All so far. */
  public int scores() {
    List<Submission> submissions = new ArrayList<>();
    intake.drain(submissions, 64, 1 << 20);
    submissions.forEach(one -> scores.addAll(one.polledValues()));
    return scores.size();
  }

  /** Of attempts that go on, or that somebody did not survive. */
  int notes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("attempts"))) {
      int notes = 0;
      for (Path file : files.toList()) {
        notes += Files.readString(file).startsWith("deaths 0 survived") ? 0 : 1;
      }
      return notes;
    }
  }

  public void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 30 s");
      Thread.sleep(5);
    }
  }
}
