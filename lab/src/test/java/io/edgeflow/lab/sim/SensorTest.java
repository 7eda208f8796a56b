package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SensorTest {
  private static final long NOW = 1_763_672_400_000_000L;

  @Test
  void saysEachForm() {
    assertEquals(List.of("{\"value\":21.5,\"ts\":1763672400000}"), payloads(PayloadForm.JSON));
    assertEquals(List.of("21.5"), payloads(PayloadForm.BARE));
    assertEquals(
        List.of("{\"ts\":1763672400000,\"values\":{\"level\":21.5}}"),
        payloads(PayloadForm.TOGETHER));
    assertEquals(
        List.of("{\"value\":21.5,\"ts\":1763672400000}", "{\"value\":22.5,\"ts\":1763672400000}"),
        payloads(PayloadForm.SAME_STAMP));
    assertEquals(
        List.of(
            "{\"value\":21.5,\"ts\":\"2025-11-20T21:00:00Z\"}",
            "{\"value\":21.5,\"ts\":\"2025-11-20T21:00:00.000001Z\"}"),
        payloads(PayloadForm.SAME_MILLISECOND));
  }

  @Test
  void neverSaysTheSameStampedReadingTwice() {
    for (PayloadForm form : PayloadForm.values()) {
      Sensor sensor = sensor(form);
      Set<String> said = new HashSet<>();
      int messages = 0;
      for (int i = 0; i < 1_000; i++) {
        // Many times within one millisecond, and once back in time.
        for (OutgoingMessage message : sensor.say(NOW + (i == 500 ? -1_000_000 : i))) {
          said.add(message.payload());
          messages++;
        }
      }
      assertEquals(form.stamped() ? messages : 1, said.size(), form.name());
    }
  }

  private static List<String> payloads(PayloadForm form) {
    return sensor(form).say(NOW).stream().map(OutgoingMessage::payload).toList();
  }

  private static Sensor sensor(PayloadForm form) {
    return new Sensor(
        List.of(new SimulatedPoint("tank-1", "level", "%", 1, form, Signal.constant(21.5))));
  }
}
