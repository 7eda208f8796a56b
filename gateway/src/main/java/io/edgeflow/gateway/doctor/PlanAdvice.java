package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.LinePlan.UnitPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What to change where a line is asked for too much. Pure. */
final class PlanAdvice {
  private static final int[] BAUDS = {9_600, 19_200, 38_400, 57_600, 115_200};
  private static final int[] GAPS = {16, 32, 64, 124};
  private static final double WORTH_IT = 0.9;

  /** As many times the average makes a unit worth naming. */
  private static final double OUTSTANDING = 1.5;

  /** Intervals that people choose, in milliseconds. */
  private static final long[] INTERVALS = {
    100, 200, 250, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000,
    300_000, 600_000, 900_000, 1_800_000, 3_600_000
  };

  private final LinePlan plan;
  private final List<String> advice = new ArrayList<>();

  private PlanAdvice(LinePlan plan) {
    this.plan = plan;
  }

  static List<String> of(LinePlan plan) {
    var made = new PlanAdvice(plan);
    if (plan.load() > LinePlan.FULL) {
      made.interval();
      made.baud();
      made.gap();
      made.largest();
    }
    return List.copyOf(made.advice);
  }

  private void interval() {
    double factor = plan.load() / LinePlan.FULL;
    if (plan.hasOneInterval()) {
      Duration longer = nice(plan.shortestInterval(), factor);
      advice.add(
          "interval: %s instead of %s takes %s of the line"
              .formatted(
                  PlanText.interval(longer),
                  PlanText.interval(plan.shortestInterval()),
                  PlanText.percent(
                      plan.load() * plan.shortestInterval().toNanos() / longer.toNanos())));
    } else {
      advice.add(
          String.format(
              Locale.ROOT, "intervals that are %.1f times as long, of all units together", factor));
    }
  }

  private static Duration nice(Duration interval, double factor) {
    double wanted = interval.toMillis() * factor;
    for (long millis : INTERVALS) {
      if (millis >= wanted) {
        return Duration.ofMillis(millis);
      }
    }
    return Duration.ofMillis((long) Math.ceil(wanted / 1_000) * 1_000);
  }

  private void baud() {
    if (!plan.time().rtu()) {
      return;
    }
    for (int baud : BAUDS) {
      if (baud > plan.time().baud() && plan.withBaud(baud).load() <= LinePlan.FULL) {
        advice.add(
            "%d baud, if all devices can: %s of the line"
                .formatted(baud, PlanText.percent(plan.withBaud(baud).load())));
        return;
      }
    }
  }

  private void gap() {
    for (int gap : GAPS) {
      LinePlan wider = plan.withGap(gap);
      if (wider.load() < WORTH_IT * plan.load()) {
        advice.add(
            "gap: %d reads what lies between along: %s instead of %d, %s of the line, if the devices"
                    .formatted(
                        gap,
                        PlanText.count(wider.requests(), "request"),
                        plan.requests(),
                        PlanText.percent(wider.load()))
                + " have those registers");
        return;
      }
    }
  }

  private void largest() {
    plan.units().stream()
        .max(Comparator.comparingDouble(UnitPart::load))
        .filter(unit -> unit.load() * plan.units().size() > OUTSTANDING * plan.load())
        .ifPresent(
            unit ->
                advice.add(
                    "%s takes the most, %s: another line, or fewer of its points"
                        .formatted(unit.device().name(), PlanText.percent(unit.load()))));
  }
}
