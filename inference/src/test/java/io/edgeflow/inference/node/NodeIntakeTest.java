package io.edgeflow.inference.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.payload.PayloadFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeIntakeTest {
  private final List<String> taken = new ArrayList<>();
  private final NodeIntake intake =
      new NodeIntake(
          List.of("sensors", "modbus"),
          (series, time, value, quality) ->
              taken.add(series + " " + time + " " + value + " " + quality.word()),
          () -> 42);

  private void message(String topic, String payload) {
    intake.message(topic, payload.getBytes(UTF_8));
  }

  @Test
  void readsWhatAGatewayReadsAndStampsWhatHasNoStamp() {
    message(
        "sensors/pump-7",
        "{\"ts\":1763672400001,\"quality\":\"uncertain\",\"values\":{\"a\":1,\"b\":\"x\"}}");
    message("modbus/press-1/pressure", "3.5");
    message("sensors/pump-7/flow", "[1,{\"value\":null},{\"value\":2,\"ts\":1763672400003}]");
    message("plant/pump-7/flow", "1");
    message("sensors/pump-7/flow", "garbage");
    message("$SYS/x", "1");
    assertEquals(
        List.of(
            "pump-7/a 1763672400001000 1.0 uncertain",
            "press-1/pressure 42 3.5 good",
            "pump-7/flow 42 1.0 good",
            "pump-7/flow 1763672400003000 2.0 good"),
        taken);
    assertEquals(4, intake.taken());
    assertEquals(
        Map.of(
            PayloadFault.NOT_A_NUMBER, 1L,
            PayloadFault.NO_MAPPING, 1L,
            PayloadFault.UNPARSEABLE, 1L),
        intake.refused());
  }

  /** T2, as the gateway has it: a stamp of no sane year would keep back all that follow it. */
  @Test
  void takesTheTimeOfArrivalWhereAStampIsImpossible() {
    message(
        "sensors/pump-7/flow",
        "[{\"value\":1,\"ts\":-9000000000000000},{\"value\":2,\"ts\":9000000000000000},"
            + "{\"value\":3,\"ts\":7258118399999,\"quality\":\"stale\"},"
            + "{\"value\":4,\"ts\":7258118400000,\"quality\":\"stale\"},"
            + "{\"value\":5,\"ts\":946684799999},{\"value\":6,\"ts\":946684800000}]");
    assertEquals(
        List.of(
            "pump-7/flow 42 1.0 uncertain",
            "pump-7/flow 42 2.0 uncertain",
            "pump-7/flow 7258118399999000 3.0 stale",
            "pump-7/flow 42 4.0 stale",
            "pump-7/flow 42 5.0 uncertain",
            "pump-7/flow 946684800000000 6.0 good"),
        taken);
  }

  @Test
  void aGapHasItsPlaceAmongTheReadings() {
    message("sensors/a/b", "1");
    intake.gap();
    message("sensors/a/b", "2");
    assertEquals(3, taken.size());
    assertTrue(NodeIntake.isGap(taken.get(1).substring(0, taken.get(1).indexOf(' '))));
    assertEquals(2, intake.taken());
  }
}
