package io.edgeflow.inference.node;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.scoring.ScoreSink;
import io.edgeflow.inference.slot.Attribution;
import io.edgeflow.inference.slot.ModelIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the scores of one slot go, and what is told of its calls. Any thread. */
final class SlotOutlet implements ScoreSink {
  private static final Logger log = LoggerFactory.getLogger(SlotOutlet.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String slot;
  private final ScoreWriter writer;
  private final MeterRegistry meters;
  private final Map<String, Timer> timers = new HashMap<>();
  private boolean failing;
  private boolean told;
  private long toldNanos;

  SlotOutlet(String slot, ScoreWriter writer, MeterRegistry meters) {
    this.slot = slot;
    this.writer = writer;
    this.meters = meters;
  }

  @Override
  public void score(String series, long timeMicros, float value, Quality quality, Attribution by) {
    writer.add(series, timeMicros, value, quality);
  }

  @Override
  public synchronized void called(Attribution by, int rows, long nanos) {
    failing = false;
    timers.computeIfAbsent(by.model().name(), this::timer).record(Duration.ofNanos(nanos));
  }

  private Timer timer(String model) {
    return Timer.builder("edgeflow.inference")
        .description("Calls of a model, whatever their batch.")
        .tag("model", model)
        .serviceLevelObjectives(
            Duration.ofNanos(100_000),
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1))
        .register(meters);
  }

  /** A model that fails all the time is told once a minute. */
  @Override
  public synchronized void failed(Attribution by, int rows, String why) {
    failing = true;
    long now = System.nanoTime();
    if (!told || now - toldNanos > QUIET_NANOS) {
      told = true;
      toldNanos = now;
      log.warn("slot {}: {} gives no scores: {}", slot, by.model(), why);
    }
  }

  @Override
  public synchronized void active(String of, Optional<ModelIdentity> model) {
    failing = false;
    told = false;
    log.info("slot {}: {}", slot, model.map(one -> one + " scores").orElse("no model scores"));
  }

  /** Whether the last call gave no scores for some rows. */
  synchronized boolean isFailing() {
    return failing;
  }
}
