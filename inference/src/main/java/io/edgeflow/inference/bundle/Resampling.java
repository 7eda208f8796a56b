package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * The grid that samples lie on. The sample of grid time t stands for the time after t - period, up
 * to and with t.
 *
 * @param period from one sample to the next; the grid goes through the epoch
 * @param lateness how far the newest reading of any series passes t before t is decided without a
 *     series that is behind
 */
public record Resampling(
    @Default("none") Method method,
    @Range(min = "1ms", max = "1h") Optional<Duration> period,
    @Default("1s") @Range(min = "0s", max = "1h") Duration lateness) {
  /** What a sample is made of. */
  public enum Method {
    /** There is no grid: each reading is a sample. */
    NONE,
    /** The last reading. */
    LAST,
    /** The mean of the readings. */
    MEAN,
    /** On the line from the last reading to the one after t. */
    LINEAR
  }

  public Resampling {
    new Check()
        .that(method == Method.NONE || period.isPresent(), "period", "is needed by the method")
        .that(method != Method.NONE || period.isEmpty(), "period", "needs a method other than none")
        .orRefuse();
  }

  /** Microseconds; 0 without a grid. */
  public long periodMicros() {
    return period.map(Micros::of).orElse(0L);
  }

  public long latenessMicros() {
    return Micros.of(lateness);
  }
}
