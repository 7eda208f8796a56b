package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.GatewayViews;
import io.edgeflow.gateway.commissioning.ModbusUnits;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.LoadSample;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.metrics.ResidentMemory;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What the pages show while the edge's memory is not open: why, and what the configuration tells.
 * An account of zeros would be a lie, so there is none. Any thread.
 */
final class ClosedViews {
  private static final int UNAVAILABLE = 503;

  private final GatewayConfig config;
  private final long startedNanos;
  private final Reason reason;

  /**
   * Why it is not open.
   *
   * @param state one word, as in {@link Status.Journal}
   * @param why for people
   * @param troubledSince when that began, {@link System#nanoTime}; empty if all is well
   */
  record Reason(String state, String why, OptionalLong troubledSince) {}

  /**
   * @param startedNanos when the process began, {@link System#nanoTime}
   */
  ClosedViews(GatewayConfig config, long startedNanos, Reason reason) {
    this.config = config;
    this.startedNanos = startedNanos;
    this.reason = reason;
  }

  GatewayViews views() {
    return new GatewayViews(
        () -> {
          throw refusal();
        },
        () -> {
          throw refusal();
        },
        this::status,
        () -> {
          throw refusal();
        },
        () -> ModbusUnits.NONE,
        () -> List.of(reason.why()));
  }

  private HttpRefusal refusal() {
    return new HttpRefusal(UNAVAILABLE, "not-open", reason.why());
  }

  private Status status() {
    long uptime = millisSince(startedNanos);
    return new Status(
        config.edge(),
        config.site(),
        config.labels(),
        BuildInfo.version(),
        "",
        uptime,
        ResidentMemory.bytes(),
        new Status.Link(
            Status.LinkState.DISCONNECTED,
            config.uplink().url().toString(),
            uptime,
            null,
            reason.why(),
            0,
            0,
            "closed",
            0),
        new Status.Backlog(0, 0, Map.of(), null),
        new Status.Clock(false, "nothing has looked at it yet", 0, null),
        journal(),
        RiskParts.promise(
            RiskParts.report(config, config.buffer().maxBytesOn(Long.MAX_VALUE), LoadSample.NONE)),
        new Status.Series(0, config.limits().maxSeries()),
        0,
        0,
        List.of(),
        List.of(),
        Status.Rollouts.NONE,
        Status.Site.NONE,
        Status.Captures.NONE,
        List.of());
  }

  private Status.Journal journal() {
    long millis = reason.troubledSince().stream().map(ClosedViews::millisSince).findAny().orElse(0);
    return new Status.Journal(reason.state(), reason.why(), millis, 0, 0, false);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
