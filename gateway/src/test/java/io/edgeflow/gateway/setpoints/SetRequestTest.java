package io.edgeflow.gateway.setpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetRequestTest {
  @Test
  void readsWhatIsDocumented() {
    assertEquals(new SetRequest(21.5, false, "", Optional.empty()), read(" 21.5 "));
    assertEquals(new SetRequest(1, true, "", Optional.empty()), read("true"));
    assertEquals(
        new SetRequest(-1, false, "7", Optional.of(Instant.ofEpochMilli(5))),
        read("{\"value\": -1, \"id\": 7, \"expires\": 5}"));
    assertEquals(
        new SetRequest(0, false, "", Optional.empty()),
        read("{\"value\": 0, \"id\": null, \"expires\": null}"));
  }

  /** Each of these could be taken for something that nobody said. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "60 000",
        "21,5",
        "1 true",
        "NaN",
        "1e400",
        "",
        "[1]",
        "\"5\"",
        "{\"value\": 1} {\"value\": 2}",
        "{\"value\": 1, \"value\": 2}",
        "{\"value\": 1, \"expire\": 5}",
        "{\"value\": 1, \"id\": [1]}",
        "{\"value\": 1, \"expires\": 36893488147419103232}",
        "{\"value\": 1, \"expires\": true}"
      })
  void refusesWhatMeansNothingOrTwoThings(String said) {
    assertThrows(IllegalArgumentException.class, () -> read(said));
  }

  private static SetRequest read(String said) {
    return SetRequest.of(said.getBytes(StandardCharsets.UTF_8));
  }
}
