package io.edgeflow.gateway;

import io.edgeflow.gateway.alarms.AlarmPanel;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many alarms are in which state. All gauges of one scrape are made of one look, because a look
 * interrupts the thread that records.
 */
final class AlarmMeters {
  private static final Logger log = LoggerFactory.getLogger(AlarmMeters.class);
  private static final Duration FRESH = Duration.ofMillis(500);
  private static final long PATIENCE_SECONDS = 5;
  private static final List<String> STATES =
      List.of("unacknowledged", "acknowledged", "returned-unacknowledged", "shelved");

  private final AlarmPanel panel;
  private Optional<List<AlarmRecord>> last = Optional.empty();
  private long atNanos;

  private AlarmMeters(AlarmPanel panel) {
    this.panel = panel;
  }

  static void register(MeterRegistry registry, AlarmPanel panel) {
    var meters = new AlarmMeters(panel);
    for (String state : STATES) {
      for (AlarmPriority priority : AlarmPriority.values()) {
        Gauge.builder("edgeflow.alarms", meters, one -> one.count(state, priority))
            .description("Alarms that are not normal.")
            .tags("state", state, "priority", priority.word())
            .strongReference(true)
            .register(registry);
      }
    }
  }

  /** Not a number while nobody answers: a scraper then sees a gap, not a zero. */
  private double count(String state, AlarmPriority priority) {
    return look()
        .map(
            alarms ->
                (double)
                    alarms.stream()
                        .filter(one -> one.state().equals(state) && one.priority() == priority)
                        .count())
        .orElse(Double.NaN);
  }

  private synchronized Optional<List<AlarmRecord>> look() {
    long now = System.nanoTime();
    if (last.isEmpty() || now - atNanos > FRESH.toNanos()) {
      try {
        last = Optional.of(panel.list(false).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      } catch (ExecutionException | TimeoutException unavailable) {
        log.warn("the alarms cannot be counted", unavailable);
        last = Optional.empty();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        last = Optional.empty();
      }
      atNanos = now;
    }
    return last;
  }
}
