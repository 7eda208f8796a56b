package io.edgeflow.gateway.commissioning;

import io.edgeflow.process.http.HttpRefusal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's figures as meters. All meters of one scrape are made of one look at the views,
 * because each look interrupts the thread that records.
 */
public final class GatewayMeters {
  private static final Logger log = LoggerFactory.getLogger(GatewayMeters.class);
  private static final Duration FRESH = Duration.ofMillis(500);
  private static final List<String> LANES = List.of("event", "window", "raw");

  /**
   * @param account none while the edge's memory is not open
   */
  private record Look(Optional<Ledger> account, Status status, long atNanos) {
    Ledger ledger() {
      return account.orElseThrow();
    }
  }

  private final GatewayViews views;
  private final MeterRegistry registry;
  private final Timer sync;
  private Optional<Look> last = Optional.empty();

  /**
   * @param reasons the words of all reasons for which an input may be rejected or refused
   * @param states the words of all states of the journal
   * @param devices the names of all Modbus devices
   * @param outcomes the words of all outcomes of a Modbus request
   */
  public GatewayMeters(
      MeterRegistry registry,
      GatewayViews views,
      List<String> reasons,
      List<String> states,
      List<String> devices,
      List<String> outcomes) {
    this.registry = registry;
    this.views = views;
    this.sync =
        Timer.builder("edgeflow.journal.sync")
            .description("From the first byte written to the end of the sync.")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    readings(reasons);
    LANES.forEach(this::lane);
    gauge(
        "edgeflow.backlog.oldest.seconds",
        look -> seconds(look.status().backlog().oldestAgeMillis()));
    gauge("edgeflow.clock.offset.seconds", look -> offsetSeconds(look.status().clock()));
    gauge("edgeflow.clock.believed", look -> look.status().clock().believed() ? 1 : 0);
    states.forEach(this::state);
    always("edgeflow.promise", look -> look.status().promise().state().equals("on") ? 1 : 0);
    gauge("edgeflow.uplink.connected", look -> connected(look.status().link()));
    gauge("edgeflow.series", look -> look.status().series().known());
    gauge("edgeflow.readings.pending", look -> look.ledger().pending());
    devices.forEach(device -> outcomes.forEach(outcome -> device(device, outcome)));
  }

  /** A sync of the journal has succeeded. Any thread. */
  public void synced(long nanos) {
    sync.record(Duration.ofNanos(nanos));
  }

  private void readings(List<String> reasons) {
    reading("accepted", "", look -> look.ledger().accepted() - look.ledger().duplicate());
    reading("duplicate", "", look -> look.ledger().duplicate());
    for (String reason : reasons) {
      reading("rejected", reason, look -> count(look.ledger().rejected(), reason));
      reading("refused", reason, look -> count(look.ledger().refused(), reason));
    }
  }

  private void reading(String outcome, String reason, ToDoubleFunction<Look> value) {
    counter("edgeflow.readings", value, "source", "all", "outcome", outcome, "reason", reason);
  }

  private void lane(String lane) {
    frames(lane, "framed", Ledger.Lane::framed);
    frames(lane, "delivered", Ledger.Lane::delivered);
    frames(lane, "superseded", Ledger.Lane::superseded);
    frames(lane, "refused", Ledger.Lane::refused);
    frames(lane, "conflict", Ledger.Lane::conflict);
    frames(lane, "dropped", Ledger.Lane::dropped);
    Gauge.builder("edgeflow.backlog.bytes", () -> value(look -> backlogBytes(look, lane)))
        .description("Bytes of frames without a verdict.")
        .tag("lane", lane)
        .register(registry);
  }

  private void frames(String lane, String outcome, Function<Ledger.Lane, Ledger.Amount> amount) {
    counter(
        "edgeflow.frames",
        look -> {
          Ledger.Lane figures = look.ledger().lanes().get(lane);
          return figures == null ? 0 : amount.apply(figures).frames();
        },
        "lane",
        lane,
        "outcome",
        outcome);
  }

  private void device(String name, String outcome) {
    counter(
        "edgeflow.modbus.requests",
        look ->
            look.status().modbus().stream()
                .filter(device -> device.name().equals(name))
                .mapToLong(device -> count(device.requests(), outcome))
                .sum(),
        "device",
        name,
        "outcome",
        outcome);
  }

  private void counter(String name, ToDoubleFunction<Look> value, String... tags) {
    FunctionCounter.builder(name, this, meters -> meters.value(value))
        .tags(tags)
        .register(registry);
  }

  /** One of the states has 1, all others 0. */
  private void state(String word) {
    always(
        "edgeflow.journal.state",
        look -> look.status().journal().state().equals(word) ? 1 : 0,
        "state",
        word);
  }

  /** A gauge that is known also while the edge's memory is not open. */
  private void always(String name, ToDoubleFunction<Look> value, String... tags) {
    Gauge.builder(name, this, meters -> meters.look().map(value::applyAsDouble).orElse(Double.NaN))
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private void gauge(String name, ToDoubleFunction<Look> value) {
    Gauge.builder(name, this, meters -> meters.value(value))
        .strongReference(true)
        .register(registry);
  }

  /** Not a number while the views cannot be asked: a scraper then sees a gap, not a zero. */
  private double value(ToDoubleFunction<Look> value) {
    return look()
        .filter(look -> look.account().isPresent())
        .map(value::applyAsDouble)
        .orElse(Double.NaN);
  }

  private synchronized Optional<Look> look() {
    long now = System.nanoTime();
    if (last.isEmpty() || now - last.get().atNanos() > FRESH.toNanos()) {
      try {
        last = Optional.of(new Look(account(), views.status().status(), now));
      } catch (Exception unavailable) {
        log.warn("the figures cannot be read", unavailable);
        last = Optional.empty();
      }
    }
    return last;
  }

  private Optional<Ledger> account() throws Exception {
    try {
      return Optional.of(views.ledger().ledger());
    } catch (HttpRefusal notOpen) {
      return Optional.empty();
    }
  }

  private static long count(Map<String, Long> counts, String word) {
    return counts.getOrDefault(word, 0L);
  }

  private static double backlogBytes(Look look, String lane) {
    return count(look.status().backlog().bytes(), lane);
  }

  private static double seconds(@Nullable Long millis) {
    return millis == null ? 0 : millis / 1000.0;
  }

  private static double offsetSeconds(Status.Clock clock) {
    Double millis = clock.offsetMillis();
    return millis == null ? Double.NaN : millis / 1000;
  }

  private static double connected(Status.Link link) {
    return link.state() == Status.LinkState.CONNECTED ? 1 : 0;
  }
}
