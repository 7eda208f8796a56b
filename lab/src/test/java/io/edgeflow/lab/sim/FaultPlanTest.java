package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.sim.FaultPlan.Begun;
import io.edgeflow.lab.sim.FaultPlan.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {
  private static final long START = 1_763_672_400_000_000L;

  private final Drive drive = new Drive();

  @Test
  void nothingHappensBeforeThePlanBegins() {
    FaultPlan plan = FaultPlan.of(List.of(fault(Optional.empty(), Optional.empty())));
    Signal cause = plan.cause(1, 5, drive);

    assertEquals(0, cause.at(at(15)));
    assertEquals(List.of(), plan.begun(at(100)));
    plan.begin(START);
    assertEquals(1, cause.at(at(15)));
    assertEquals(List.of(new Begun(1, at(10))), plan.begun(at(1_000)));
  }

  @Test
  void aFaultLastsAsLongAsItWasPlannedAndComesAgain() {
    FaultPlan plan =
        FaultPlan.of(List.of(fault(Optional.of(Duration.ofSeconds(60)), Optional.empty())));
    Signal cause = plan.cause(1, 5, drive);
    plan.begin(START);

    assertEquals(0, cause.at(at(9)));
    assertEquals(0.5, cause.at(at(11)), 1e-9);
    assertEquals(1, cause.at(at(20)));
    assertEquals(0, cause.at(at(30)));
    assertEquals(1, cause.at(at(75)));
    assertEquals(0, plan.cause(2, 5, new Drive()).at(at(20)));
    assertEquals(List.of(new Begun(1, at(10)), new Begun(1, at(70))), plan.begun(at(129)));
  }

  @Test
  void slowingThePumpDownCuresIt() {
    FaultPlan plan =
        FaultPlan.of(
            List.of(
                fault(Optional.of(Duration.ofSeconds(60)), Optional.of(Duration.ofSeconds(5)))));
    var pump = new Pump(1, drive, plan.cause(1, 5, drive));
    plan.begin(START);
    assertEquals(1, pump.cavitation().at(at(14)));

    drive.slow(true, at(14));

    assertTrue(pump.cause().at(at(17)) > 0, "its cause is still there");
    assertEquals(0, pump.cavitation().at(at(17)), "but a slow pump does not cavitate");
    assertEquals(0, pump.cause().at(at(19)), "cured");
    drive.slow(false, at(20));
    assertEquals(0, pump.cavitation().at(at(25)), "also at full speed");
    assertEquals(1, pump.cavitation().at(at(75)), "until the next time");
  }

  @Test
  void aPumpThatWasSlowBeforeIsNotCuredAtOnce() {
    FaultPlan plan =
        FaultPlan.of(List.of(fault(Optional.empty(), Optional.of(Duration.ofSeconds(5)))));
    Signal cause = plan.cause(1, 5, drive);
    plan.begin(START);
    drive.slow(true, at(0));

    assertEquals(1, cause.at(at(14)));
    assertEquals(0, cause.at(at(15)));
  }

  @Test
  void aDriveTakesItsTime() {
    drive.slow(true, at(0));
    drive.slow(true, at(1));
    assertEquals((1 + Drive.SLOW) / 2, drive.at(at(1)), 1e-9);
    drive.slow(false, at(1));
    assertEquals((1 + Drive.SLOW) / 2, drive.at(at(1)), 1e-9);
    assertEquals(1, drive.at(at(3)), 1e-9);
  }

  private static Fault fault(Optional<Duration> every, Optional<Duration> cure) {
    return new Fault(1, Duration.ofSeconds(10), Duration.ofSeconds(20), every, cure);
  }

  private static long at(long second) {
    return START + second * 1_000_000;
  }
}
