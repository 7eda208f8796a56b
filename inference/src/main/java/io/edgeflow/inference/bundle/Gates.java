package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * What a model must keep to while it is new in service: an edge that sees it break one of these
 * returns to the model before by itself.
 *
 * @param latencyP99 of its calls; absent: half of the time-out
 * @param memory by which the process may grow; absent: the limit on the model's memory
 * @param nanRate of its rows, those whose score is no number
 * @param errorRate of its rows, those without a score because a call failed
 * @param minRows with fewer nothing is judged
 */
public record Gates(
    Optional<Duration> latencyP99,
    Optional<ByteSize> memory,
    @Default("0.01") double nanRate,
    @Default("0.01") double errorRate,
    AlarmRate alarmRate,
    @Default("100") @Range(min = "1", max = "1000000000") long minRows) {
  /** What counts where a manifest says nothing. */
  public static final Gates STANDARD =
      new Gates(Optional.empty(), Optional.empty(), 0.01, 0.01, new AlarmRate(3, 0.05), 100);

  private static final long MOST_LATENCY_SECONDS = 60;

  /**
   * Rows beyond one of the model's thresholds. Both bounds must be passed to break it: a quiet
   * model may raise a first alarm, and one on a plant in trouble may alarm as often as the one
   * before.
   *
   * @param factor of the rate of the model before; without one, {@code most} counts alone
   * @param most a rate that is never too high
   */
  public record AlarmRate(@Default("3") double factor, @Default("0.05") double most) {
    public AlarmRate {
      new Check()
          .that(factor >= 1 && factor <= 1_000_000, "factor", "must be 1 to 1000000")
          .that(isRate(most), "most", "must be 0 to 1")
          .orRefuse();
    }
  }

  public Gates {
    new Check()
        .that(isRate(nanRate), "nanRate", "must be 0 to 1")
        .that(isRate(errorRate), "errorRate", "must be 0 to 1")
        .that(
            latencyP99.isEmpty()
                || (latencyP99.get().isPositive()
                    && latencyP99.get().toSeconds() <= MOST_LATENCY_SECONDS),
            "latencyP99",
            "must be more than 0 and at most 1m")
        .orRefuse();
  }

  private static boolean isRate(double rate) {
    return rate >= 0 && rate <= 1;
  }

  public Duration latencyP99(Limits limits) {
    return latencyP99.orElseGet(() -> limits.timeout().dividedBy(2));
  }

  /** In bytes. */
  public long memory(Limits limits) {
    return memory.orElseGet(limits::memory).bytes();
  }
}
