package io.edgeflow.process.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestHeadTest {
  @Test
  void tellsModelsAndProgramsApart() {
    assertEquals(
        new ManifestHead(false, "pump", "1.0"),
        parse("{\"schema\":1,\"name\":\"pump\",\"version\":\"1.0\",\"input\":{\"kind\":\"x\"}}"));
    assertEquals(
        new ManifestHead(true, "node", "1.4.2"),
        parse(
            "{\"schema\":1,\"kind\":\"application\",\"name\":\"node\",\"version\":\"1.4.2\","
                + "\"package\":\"node.tar.gz\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{} {}",
        "{\"name\":\"pump\"}",
        "{\"name\":\"../pump\",\"version\":\"1\"}",
        "{\"name\":\"pump\",\"version\":\"1\",\"name\":\"other\"}",
        "{\"name\":\"pump\",\"version\":\"a b\"}",
        "{\"kind\":\"virus\",\"name\":\"pump\",\"version\":\"1\"}",
        "{\"kind\":\"application\",\"name\":\"node\",\"version\":\"1\"}"
      })
  void refusesWhatIsNone(String json) {
    assertThrows(IllegalArgumentException.class, () -> parse(json));
  }

  private static ManifestHead parse(String json) {
    return ManifestHead.parse(json.getBytes(UTF_8));
  }
}
