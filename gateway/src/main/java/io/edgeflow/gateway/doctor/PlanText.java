package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.LinePlan.Asked;
import io.edgeflow.gateway.doctor.LinePlan.UnitPart;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.process.settings.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a configuration asks of its lines, for people. Pure. */
final class PlanText {
  private static final double MANY = 1e3;

  private final List<String> lines = new ArrayList<>();

  private PlanText() {}

  static String of(List<LinePlan> plans) {
    var text = new PlanText();
    plans.forEach(text::line);
    return String.join(System.lineSeparator(), text.lines);
  }

  private void line(LinePlan plan) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("line %s: %s".formatted(plan.line().bus().name(), terms(plan)));
    plan.units().forEach(this::unit);
    lines.add("  " + verdict(plan));
    silence(plan);
    PlanAdvice.of(plan).forEach(words -> lines.add("    - " + words));
  }

  private static String terms(LinePlan plan) {
    WireTime time = plan.time();
    String place = plan.settings().endpoint().words();
    return time.rtu()
        ? "%s, %d baud of %d bits a character, a device thinks %s"
            .formatted(
                place, time.baud(), time.bitsPerCharacter(), millis(time.turnaround().toNanos()))
        : "%s, an answer takes %s".formatted(place, millis(time.turnaround().toNanos()));
  }

  private void unit(UnitPart unit) {
    lines.add(
        "  %s, unit %d, every %s: %s, %s"
            .formatted(
                unit.device().name(),
                unit.device().unitId(),
                interval(unit.device().interval()),
                count(unit.requests().size(), "request"),
                millis(unit.nanos())));
    unit.requests().forEach(this::request);
  }

  private void request(Asked asked) {
    RegisterBlock block = asked.block();
    lines.add(
        "    %-24s %s, %s, %d + %d bytes, %s"
            .formatted(
                words(block),
                count(block.count(), block.table().bits() ? "bit" : "register"),
                count(block.points().size(), "point"),
                asked.requestBytes(),
                asked.answerBytes(),
                millis(asked.nanos())));
  }

  static String count(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  /** Its table and addresses. */
  static String words(RegisterBlock block) {
    String from = TableProbe.word(block.table()) + " " + block.start();
    return block.count() == 1 ? from : from + " to " + (block.start() + block.count() - 1);
  }

  /** "needs 1.4 s of a 1 s cycle". */
  static String verdict(LinePlan plan) {
    String need =
        plan.hasOneInterval()
            ? "needs %s of a %s cycle (%s)"
                .formatted(
                    millis(plan.nanos()), interval(plan.shortestInterval()), percent(plan.load()))
            : "needs %s of the line's time".formatted(percent(plan.load()));
    if (plan.isOverbooked()) {
      return need + ": OVER-BOOKED, units are polled less often than they should be";
    }
    return plan.load() > LinePlan.FULL
        ? need + ": nearly full, a lost answer delays the next poll"
        : need;
  }

  /** What nobody reckons with until it happens. */
  private void silence(LinePlan plan) {
    long attempts = plan.line().bus().retries() + 1L;
    long nanos = plan.settings().timeout().toNanos() * attempts;
    if (plan.units().size() > 1 && nanos > plan.shortestInterval().toNanos() / 2) {
      lines.add(
          "  a unit that falls silent holds the others up for %s now and then (timeout %s, %s)"
              .formatted(
                  millis(nanos),
                  interval(plan.settings().timeout()),
                  attempts == 1 ? "no retry" : (attempts - 1) + " retried"));
    }
  }

  static String interval(Duration interval) {
    return Durations.format(interval);
  }

  static String percent(double load) {
    return String.format(Locale.ROOT, load < 0.1 ? "%.1f %%" : "%.0f %%", 100 * load);
  }

  static String millis(long nanos) {
    double millis = nanos / 1e6;
    if (millis >= MANY) {
      return String.format(Locale.ROOT, "%.2f s", millis / MANY);
    }
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }
}
