package io.edgeflow.models.pump;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.models.replay.Alarm;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QualityFiguresTest {
  private static final long START = 1_000_000_000L;

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(Fault.Kind.DRIFT, 0, 1_000, 2_000, 0),
          new Fault(Fault.Kind.SPIKE, 1, 5_000, 5_001, 0));

  @Test
  void anAlarmFindsAFaultThatLasts() {
    Quality quality = of(alarm(1_500, 1_510), alarm(5_000, 5_000));
    assertEquals(1, quality.recall());
    assertEquals(1, quality.precision());
  }

  /** The jump back to the truth is no finding, but no false alarm either. */
  @Test
  void anAlarmAtItsEndFindsNothing() {
    Quality quality = of(alarm(2_000, 2_000), alarm(5_001, 5_001));
    assertEquals(0, quality.recall());
    assertEquals(1, quality.precision());
    assertEquals(0, quality.falseAlarmsPerDay());
  }

  @Test
  void anAlarmElsewhereIsFalseAndSeveralAtOnceAreOne() {
    Quality quality = of(alarm(1_500, 1_510), alarm(3_000, 3_001), alarm(3_030, 3_031));
    assertEquals(0.5, quality.recall());
    assertEquals(0.5, quality.precision());
    assertEquals(0.5, quality.falseAlarmsPerDay());
  }

  private static Quality of(Alarm... alarms) {
    return Quality.of(FAULTS, List.of(alarms), START, 2);
  }

  private static Alarm alarm(long fromSecond, long toSecond) {
    return new Alarm(
        "pump-1", "unusual", START + fromSecond * 1_000_000, START + toSecond * 1_000_000, 2);
  }
}
