package io.edgeflow.wire.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicPatternTest {
  @Test
  void tellsWhatItsLevelsAre() {
    Map<String, String> names = new HashMap<>();

    assertTrue(pattern("plant/<line>/<device>/data").matches("plant/4/press/data", names));
    assertEquals(Map.of("line", "4", "device", "press"), names);
    assertEquals(List.of("line", "device"), pattern("plant/<line>/<device>/data").names());
  }

  @ParameterizedTest
  @CsvSource({
    "plant/<line>/data, plant/4/data/more, false",
    "plant/<line>/data, plant/4, false",
    "plant/<line>/data, plant//data, false",
    "plant/+/data, plant//data, true",
    "plant/#, plant, true",
    "plant/#, plant/a/b, true",
    "plant/<rest...>, plant, true",
    "#, anything/at/all, true",
    "plant/<line>, Plant/4, false",
    "flow, flow, true"
  })
  void matchesAsAnMqttFilterDoes(String pattern, String topic, boolean matches) {
    assertEquals(matches, pattern(pattern).matches(topic, new HashMap<>()));
  }

  @Test
  void givesTheLevelsThatFollowOneName() {
    Map<String, String> names = new HashMap<>();
    assertTrue(pattern("a/<device>/<point...>").matches("a/b/c/d", names));
    assertEquals(Map.of("device", "b", "point", "c/d"), names);
    assertTrue(pattern("a/<device>/<point...>").matches("a/b", names));
    assertEquals("", names.get("point"));
  }

  @Test
  void saysHowFarATopicAgrees() {
    assertEquals(2, pattern("plant/<line>/data").agreeing("plant/4/status"));
    assertEquals(0, pattern("plant/<line>/data").agreeing("shop/4/data"));
    assertTrue(pattern("plant/<line>/data").agreeing("plant/4/data") > 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$SYS/x",
        "a/#/b",
        "a/<x...>/b",
        "a/<x>/<x>",
        "a/<x y>",
        "a/<>",
        "a/b+",
        "a/x#",
        "<x"
      })
  void refusesWhatIsNoPattern(String text) {
    assertNotNull(TopicPattern.fault(text));
  }

  @Test
  void hasNoFaultToTellOfAPattern() {
    assertNull(TopicPattern.fault("plant/<line>/+/#"));
    assertFalse(pattern("plant/<line>/+/#").names().isEmpty());
  }

  private static TopicPattern pattern(String text) {
    return TopicPattern.parse(text);
  }
}
