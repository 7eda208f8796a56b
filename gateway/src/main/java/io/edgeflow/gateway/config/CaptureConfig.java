package io.edgeflow.gateway.config;

import io.edgeflow.gateway.rawcapture.Span;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Which raw readings go to the cloud when an alarm is raised (L11).
 *
 * @param before from so long before the alarm's time
 * @param after to so long after it; they are sent then
 */
public record CaptureConfig(
    @Default("around") Mode mode,
    @Default("5m") @Range(min = "0s", max = "1h") Duration before,
    @Default("5m") @Range(min = "0s", max = "1h") Duration after) {
  /** Whether any do. */
  public enum Mode {
    AROUND,
    NONE
  }

  Span span() {
    return mode == Mode.NONE ? Span.NONE : new Span(micros(before), micros(after));
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
