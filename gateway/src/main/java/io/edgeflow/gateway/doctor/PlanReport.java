package io.edgeflow.gateway.doctor;

import io.edgeflow.process.http.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Holds what a configuration asks of its lines against what they can. */
public final class PlanReport {
  private final Terms terms;
  private final PrintWriter out;
  private final PrintWriter err;
  private boolean faulty;

  /**
   * What is known of the lines, beside their configuration.
   *
   * @param turnaround how long a device on a serial line thinks
   * @param roundTrip how long an answer over TCP takes
   * @param measured ask the devices instead
   * @param baud another speed for serial lines; empty: as configured
   */
  public record Terms(
      Duration turnaround, Duration roundTrip, boolean measured, OptionalInt baud) {}

  public PlanReport(Terms terms, PrintWriter out, PrintWriter err) {
    this.terms = terms;
    this.out = out;
    this.err = err;
  }

  /**
   * @return whether every line has the time and, if they were asked, every device answered
   */
  public boolean print(List<ConfiguredLine> lines, boolean json) throws InterruptedException {
    List<LinePlan> plans = new ArrayList<>();
    for (ConfiguredLine line : lines) {
      plans.add(LinePlan.of(line, time(line)));
    }
    out.println(json ? Json.text(PlanDocument.of(plans)) : PlanText.of(plans));
    out.flush();
    return !faulty && plans.stream().noneMatch(LinePlan::isOverbooked);
  }

  private WireTime time(ConfiguredLine line) throws InterruptedException {
    WireTime time = WireTime.of(line.settings().endpoint(), line.baud(), terms.turnaround());
    if (!time.rtu()) {
      time = time.withTurnaround(terms.roundTrip());
    } else if (terms.baud().isPresent()) {
      time = time.withBaud(terms.baud().getAsInt());
    }
    return terms.measured() ? measured(line, time) : time;
  }

  private WireTime measured(ConfiguredLine line, WireTime time) throws InterruptedException {
    Measured measured = Measured.of(line, time);
    String name = "line " + line.bus().name() + ": ";
    measured.faults().forEach(fault -> err.println(name + fault));
    if (measured.turnaround().isEmpty()) {
      String taken = PlanText.millis(time.turnaround().toNanos());
      err.println(name + "nobody answers, so " + taken + " is taken");
    }
    err.flush();
    faulty |= !measured.faults().isEmpty();
    return measured.turnaround().map(time::withTurnaround).orElse(time);
  }
}
