package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.LinePlan.Asked;
import io.edgeflow.gateway.doctor.LinePlan.UnitPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a configuration asks of its lines, for programs. Times are milliseconds. */
record PlanDocument(List<Line> lines) {
  /**
   * A line.
   *
   * @param baud null over TCP
   * @param load of its time, 1 for all of it
   * @param advice what to change
   */
  record Line(
      String name,
      String place,
      @Nullable Integer baud,
      int requests,
      double millis,
      double load,
      boolean overbooked,
      List<Unit> units,
      List<String> advice) {}

  /** A unit on it. */
  record Unit(
      String device,
      int unit,
      long intervalMillis,
      double millis,
      double load,
      List<Request> requests) {}

  /** One request to it. */
  record Request(
      String table,
      int address,
      int count,
      int points,
      int requestBytes,
      int answerBytes,
      double millis) {}

  static PlanDocument of(List<LinePlan> plans) {
    return new PlanDocument(plans.stream().map(PlanDocument::line).toList());
  }

  private static Line line(LinePlan plan) {
    return new Line(
        plan.line().bus().name(),
        plan.settings().endpoint().words(),
        plan.time().rtu() ? plan.time().baud() : null,
        plan.requests(),
        Scanner.millis(plan.nanos()),
        plan.load(),
        plan.isOverbooked(),
        plan.units().stream().map(PlanDocument::unit).toList(),
        PlanAdvice.of(plan));
  }

  private static Unit unit(UnitPart part) {
    return new Unit(
        part.device().name(),
        part.device().unitId(),
        part.device().interval().toMillis(),
        Scanner.millis(part.nanos()),
        part.load(),
        part.requests().stream().map(PlanDocument::request).toList());
  }

  private static Request request(Asked asked) {
    return new Request(
        TableProbe.word(asked.block().table()),
        asked.block().start(),
        asked.block().count(),
        asked.block().points().size(),
        asked.requestBytes(),
        asked.answerBytes(),
        Scanner.millis(asked.nanos()));
  }
}
