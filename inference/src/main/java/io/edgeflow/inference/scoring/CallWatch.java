package io.edgeflow.inference.scoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How the calls of a slot's models go: how long they take, whether they give scores, and when a
 * failure should be told. Any thread; its monitor is taken last.
 */
public final class CallWatch {
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final MeterRegistry meters;
  private final Map<String, Timer> timers = new HashMap<>();
  private boolean failing;
  private boolean told;
  private long toldNanos;

  public CallWatch(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A call has ended with scores, for some rows at least. */
  public synchronized void called(String model, long nanos) {
    failing = false;
    timers.computeIfAbsent(model, this::timer).record(Duration.ofNanos(nanos));
  }

  private Timer timer(String model) {
    return Timer.builder("edgeflow.inference")
        .description("Calls of a model, whatever their batch.")
        .tag("model", model)
        .serviceLevelObjectives(
            Duration.ofNanos(20_000),
            Duration.ofNanos(100_000),
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1))
        .register(meters);
  }

  /**
   * A call has given no scores for some rows.
   *
   * @return whether to tell so: a model that fails all the time is told once a minute
   */
  public synchronized boolean failed() {
    failing = true;
    long now = System.nanoTime();
    if (told && now - toldNanos <= QUIET_NANOS) {
      return false;
    }
    told = true;
    toldNanos = now;
    return true;
  }

  /** Another model serves. */
  public synchronized void begin() {
    failing = false;
    told = false;
  }

  /** Whether the last call gave no scores for some rows. */
  public synchronized boolean isFailing() {
    return failing;
  }
}
