package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.SlotView;
import io.edgeflow.inference.scoring.ServiceFigures;
import io.edgeflow.inference.slot.ComparisonReport;
import io.edgeflow.wire.document.Evidence;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What is seen of one model from when it serves here on, in this process. One thread. */
final class Watch {
  private static final double NANOS_IN_MICRO = 1_000;

  private final LongSupplier nanos;
  private final LongSupplier residentBytes;
  private final Evidence before;
  private final long crashes;
  private final long beganNanos;
  private final long beganBytes;
  private final long beganDeaths;

  /**
   * @param before what was seen in the shadow, and of the model before
   * @param crashes of this process while it was watched
   */
  Watch(AgentPorts ports, Evidence before, long crashes, SlotView now) {
    this.nanos = ports.nanos();
    this.residentBytes = ports.residentBytes();
    this.before = before;
    this.crashes = crashes;
    this.beganNanos = nanos.getAsLong();
    this.beganBytes = residentBytes.getAsLong();
    this.beganDeaths = now.deaths();
  }

  /** What there is before it serves: the comparison, and how the model before did in service. */
  static Evidence before(SlotView now, Evidence shadow) {
    ServiceFigures service = now.service();
    return new Evidence(
        0,
        shadow.rows(),
        shadow.errors(),
        shadow.nans(),
        shadow.p99Micros(),
        service.times().p99() / NANOS_IN_MICRO,
        0,
        shadow.alarms(),
        service.rows(),
        service.alarms(),
        0);
  }

  /** Of the shadow alone. */
  static Evidence shadow(ComparisonReport report) {
    return new Evidence(
        0,
        report.compared() + report.failedRows(),
        report.failedRows(),
        0,
        report.candidateTimes().p99() / NANOS_IN_MICRO,
        report.servingTimes().p99() / NANOS_IN_MICRO,
        0,
        report.candidateAlarms(),
        report.compared(),
        report.servingAlarms(),
        0);
  }

  static Judge.Seen seen(ComparisonReport report) {
    return new Judge.Seen(
        report.compared() + report.failedRows(),
        report.failedRows(),
        0,
        report.candidateAlarms(),
        report.compared(),
        report.servingAlarms(),
        report.candidateTimes(),
        0,
        0);
  }

  Judge.Seen seen(SlotView now) {
    ServiceFigures service = now.service();
    return new Judge.Seen(
        service.rows(),
        service.errors(),
        service.nans(),
        service.alarms(),
        before.beforeRows(),
        before.beforeAlarms(),
        service.times(),
        growth(),
        now.deaths() - beganDeaths);
  }

  /** The shadow's rows included. */
  Evidence evidence(SlotView now) {
    ServiceFigures service = now.service();
    return new Evidence(
        elapsed().toSeconds(),
        before.rows() + service.rows(),
        before.errors() + service.errors(),
        before.nans() + service.nans(),
        service.times().p99() / NANOS_IN_MICRO,
        before.beforeP99Micros(),
        growth(),
        before.alarms() + service.alarms(),
        before.beforeRows(),
        before.beforeAlarms(),
        crashes + now.deaths() - beganDeaths);
  }

  Duration elapsed() {
    return Duration.of(nanos.getAsLong() - beganNanos, TimeUnit.NANOSECONDS.toChronoUnit());
  }

  private long growth() {
    long now = residentBytes.getAsLong();
    return now < 0 || beganBytes < 0 ? 0 : Math.max(0, now - beganBytes);
  }
}
