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
        "sensors/pump-7", "{\"ts\":1,\"quality\":\"uncertain\",\"values\":{\"a\":1,\"b\":\"x\"}}");
    message("modbus/press-1/pressure", "3.5");
    message("sensors/pump-7/flow", "[1,{\"value\":null},{\"value\":2,\"ts\":3}]");
    message("plant/pump-7/flow", "1");
    message("sensors/pump-7/flow", "garbage");
    message("$SYS/x", "1");
    assertEquals(
        List.of(
            "pump-7/a 1000 1.0 uncertain",
            "press-1/pressure 42 3.5 good",
            "pump-7/flow 42 1.0 good",
            "pump-7/flow 3000 2.0 good"),
        taken);
    assertEquals(4, intake.taken());
    assertEquals(
        Map.of(
            PayloadFault.NOT_A_NUMBER, 1L,
            PayloadFault.NO_MAPPING, 1L,
            PayloadFault.UNPARSEABLE, 1L),
        intake.refused());
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
