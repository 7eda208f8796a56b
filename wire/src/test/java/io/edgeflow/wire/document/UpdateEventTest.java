package io.edgeflow.wire.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateEventTest {
  private static final String WHOLE = "{\"action\":\"update\",\"tag\":\"v1.4.2\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        WHOLE,
        "{ \"tag\": \"v1.4.2\", \"by\": {\"who\": \"ci\"}, \"action\": \"update\" }",
      })
  void readsTheEventOfTheFirstEdgeFlow(String text) {
    assertEquals(new Parsed.Ok<>(new UpdateEvent("v1.4.2")), parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "update v1.4.2",
        "{\"action\":\"update\"}",
        "{\"tag\":\"v1.4.2\"}",
        "{\"action\":\"delete\",\"tag\":\"v1.4.2\"}",
        "{\"action\":\"update\",\"tag\":\"\"}",
        "{\"action\":\"update\",\"tag\":7}",
        "{\"action\":\"update\",\"tag\":\"../../etc\"}",
        "{\"action\":\"update\",\"tag\":\"v1..2\"}",
        "{\"action\":\"update\",\"tag\":\"v1; reboot\"}",
        "{\"action\":\"update\",\"tag\":\"v1\\n\"}",
        "{\"action\":\"update\",\"tag\":\"-v1\"}",
        "{\"action\":\"update\",\"tag\":\"v1\",\"tag\":\"v2\"}",
        "{\"action\":\"update\",\"tag\":\"v1\"} {}",
      })
  void refusesWhatIsNone(String text) {
    refused(text.getBytes(UTF_8));
  }

  @Test
  void refusesWhatIsTooLong() {
    String spaces = " ".repeat(UpdateEvent.MAX_BYTES - WHOLE.length());
    assertEquals(new Parsed.Ok<>(new UpdateEvent("v1.4.2")), parse(WHOLE + spaces));
    refused((WHOLE + spaces + " ").getBytes(UTF_8));
    refused("{\"action\":\"update\",\"tag\":\"%s\"}".formatted("v".repeat(129)).getBytes(UTF_8));
  }

  @Test
  void survivesAnyBytes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = WHOLE.getBytes(UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      switch (UpdateEvent.parse(bytes)) {
        case Parsed.Ok<UpdateEvent>(UpdateEvent event) ->
            assertEquals("v1.4.2".length(), event.tag().length(), "seed " + seed);
        case Parsed.Refused<UpdateEvent>(String reason) ->
            assertEquals(reason.strip(), reason, "seed " + seed);
      }
    }
  }

  private static Parsed<UpdateEvent> parse(String text) {
    return UpdateEvent.parse(text.getBytes(UTF_8));
  }

  private static void refused(byte[] bytes) {
    assertInstanceOf(Parsed.Refused.class, UpdateEvent.parse(bytes));
  }
}
