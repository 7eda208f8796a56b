package io.edgeflow.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.frame.Lane;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TopicsTest {
  @Test
  void readsEveryTopicThatItNames() {
    for (Lane lane : Lane.values()) {
      assertEquals(
          Optional.of(new ParsedTopic("pi-7", Channel.UP, lane)),
          Topics.parse(Topics.up("pi-7", lane)));
    }
    assertReads(Channel.HELLO, Topics.hello("pi-7"));
    assertReads(Channel.ACK, Topics.ack("pi-7"));
    assertReads(Channel.PRESENCE, Topics.presence("pi-7"));
    assertReads(Channel.DESIRED, Topics.desired("pi-7"));
    assertReads(Channel.REPORTED, Topics.reported("pi-7"));
  }

  @Test
  void keepsTheNamesThatWereAgreed() {
    assertEquals("edgeflow/v1/pi-7/up/window", Topics.up("pi-7", Lane.WINDOW));
    assertEquals("edgeflow/v1/pi-7/presence", Topics.presence("pi-7"));
  }

  @Test
  void readsNoOtherTopic() {
    List<String> others =
        List.of(
            "",
            "edgeflow",
            "edgeflow/v1",
            "edgeflow/v1/",
            "edgeflow/v1/pi-7",
            "edgeflow/v1/pi-7/",
            "edgeflow/v1//hello",
            "edgeflow/v1/pi-7/up",
            "edgeflow/v1/pi-7/up/",
            "edgeflow/v1/pi-7/up/x",
            "edgeflow/v1/pi-7/up/raw/",
            "edgeflow/v1/pi-7/hello/",
            "edgeflow/v1/pi 7/hello",
            "edgeflow/v1/+/hello",
            "edgeflow/v2/pi-7/hello",
            "xedgeflow/v1/pi-7/hello");
    others.forEach(topic -> assertEquals(Optional.empty(), Topics.parse(topic), topic));
  }

  @Test
  void judgesNamesOfEdges() {
    for (String good : List.of("a", "7", "pi-7", "Plant_2.west", "x".repeat(64))) {
      assertTrue(Topics.isEdgeName(good), good);
    }
    for (String bad :
        List.of("", "-a", ".a", "_a", "a/b", "a b", "ä", "a+", "a#", "$a", "x".repeat(65))) {
      assertFalse(Topics.isEdgeName(bad), bad);
      assertThrows(IllegalArgumentException.class, () -> Topics.hello(bad));
    }
  }

  private static void assertReads(Channel channel, String topic) {
    assertEquals(Optional.of(new ParsedTopic("pi-7", channel, null)), Topics.parse(topic));
  }
}
