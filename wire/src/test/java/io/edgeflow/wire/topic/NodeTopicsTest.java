package io.edgeflow.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeTopicsTest {
  @Test
  void namesTheTopicOfANode() {
    assertEquals("edgeflow/v1/node/jetson-1/status", NodeTopics.status("jetson-1"));
    assertEquals(Optional.of("jetson-1"), NodeTopics.node(NodeTopics.status("jetson-1")));
    assertTrue(NodeTopics.isOfNodes(NodeTopics.status("jetson-1")));
    assertThrows(IllegalArgumentException.class, () -> NodeTopics.status("a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edgeflow/v1/node/status",
        "edgeflow/v1/node//status",
        "edgeflow/v1/node/a/b/status",
        "edgeflow/v1/node/a/state",
        "edgeflow/v1/node/a/status/",
        "edgeflow/v1/pi-7/presence",
        "sensors/node/a/status",
        ""
      })
  void knowsWhatIsNone(String topic) {
    assertEquals(Optional.empty(), NodeTopics.node(topic));
  }

  @Test
  void isOfNoEdge() {
    assertEquals(Optional.empty(), Topics.parse(NodeTopics.status("jetson-1")));
    assertFalse(NodeTopics.isOfNodes(Topics.presence("pi-7")));
  }
}
