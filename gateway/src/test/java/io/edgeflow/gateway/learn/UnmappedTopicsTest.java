package io.edgeflow.gateway.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UnmappedTopicsTest {
  private long now = 1_000;
  private final UnmappedTopics topics = new UnmappedTopics(() -> now);

  @Test
  void remembersTheLastMessageOfEachTopic() {
    topics.note("a/b", new byte[] {'1'});
    topics.note("c/d", new byte[300]);
    now = 2_000;
    topics.note("a/b", new byte[] {'2'});
    List<UnmappedTopics.Topic> all = topics.topics();
    assertEquals(List.of("a/b", "c/d"), all.stream().map(UnmappedTopics.Topic::topic).toList());
    assertEquals(2, all.getFirst().messages());
    assertEquals(2_000, all.getFirst().lastMicros());
    assertEquals('2', all.getFirst().sample()[0]);
    assertTrue(all.getFirst().whole());
    assertEquals(UnmappedTopics.SAMPLE_BYTES, all.getLast().sample().length);
    assertEquals(300, all.getLast().bytes());
    assertFalse(all.getLast().whole());
  }

  @Test
  void forgetsTheTopicThatWasSilentForLongest() {
    topics.note("first", new byte[0]);
    for (int i = 1; i < UnmappedTopics.MOST; i++) {
      topics.note("t/" + i, new byte[0]);
    }
    topics.note("first", new byte[0]);
    topics.note("one more", new byte[0]);
    List<String> kept = topics.topics().stream().map(UnmappedTopics.Topic::topic).toList();
    assertEquals(UnmappedTopics.MOST, kept.size());
    assertEquals(List.of("one more", "first"), kept.subList(0, 2));
    assertFalse(kept.contains("t/1"));
    assertEquals(1, topics.forgotten());
  }

  @Test
  void leavesOutWhatIsNotASensors() {
    topics.note("modbus/plc/temperature", new byte[] {'1'});
    topics.note("x".repeat(600), new byte[] {'1'});
    assertEquals(List.of(), topics.topics());
  }
}
