package io.edgeflow.inference.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** From scores to messages that a gateway takes, until it has acknowledged them. */
final class ScoreWriterTest {
  private static final long TIME = 1_763_672_400_123_456L;

  private final ScoreOutbox outbox = new ScoreOutbox(3);
  private final ScoreWriter writer = new ScoreWriter("sensors", outbox);

  /** A connection that keeps what it is given. */
  private static final class Kept implements MqttConnection {
    final List<String> topics = new ArrayList<>();
    final List<byte[]> payloads = new ArrayList<>();
    final List<Consumer<String>> settled = new ArrayList<>();

    @Override
    public void publish(String topic, byte[] payload, boolean retained, Consumer<String> done) {
      topics.add(topic);
      payloads.add(payload);
      settled.add(done);
    }

    @Override
    public void close() {}
  }

  private List<String> messages(Kept kept) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < kept.topics.size(); i++) {
      all.add(kept.topics.get(i) + " " + new String(kept.payloads.get(i), UTF_8));
    }
    return all;
  }

  @Test
  void whatItWritesIsReadWithTimeAndQuality() {
    Kept kept = new Kept();
    outbox.connected(kept);
    writer.add("pump-7/wear.score", TIME, 0.1f, Quality.UNCERTAIN);
    writer.add("pump-7/wear.score", TIME + 1, 1e-9f, Quality.GOOD);
    writer.add("pump-8/wear.score", 1_763_672_400_000_000L, 2, Quality.STALE);
    writer.flush();
    writer.flush();
    assertEquals(
        List.of(
            "sensors/pump-7/wear.score"
                + " [{\"value\":0.1,\"ts\":1763672400123.456,\"quality\":\"uncertain\"},"
                + "{\"value\":1.0E-9,\"ts\":1763672400123.457}]",
            "sensors/pump-8/wear.score {\"value\":2.0,\"ts\":1763672400000,\"quality\":\"stale\"}"),
        messages(kept));

    ParsedMessage read =
        PayloadParser.standard().parse(kept.topics.getFirst(), kept.payloads.getFirst());
    assertEquals(2, read.size());
    assertEquals("pump-7/wear.score", read.series(0));
    assertEquals(TIME, read.stampMicros(0));
    assertEquals(TIME + 1, read.stampMicros(1));
    assertEquals(Quality.UNCERTAIN, read.quality(0));
    assertEquals(Quality.GOOD, read.quality(1));
    assertEquals(0.1, read.number(0));
  }

  @Test
  void sendsAgainWhatABrokenConnectionLeftUnacknowledged() {
    Kept first = new Kept();
    outbox.connected(first);
    for (int pump = 1; pump <= 3; pump++) {
      writer.add("pump-" + pump + "/wear.score", TIME, pump, Quality.GOOD);
    }
    writer.flush();
    assertFalse(writer.hasRoom(), "no more scores are made while none is acknowledged");
    first.settled.get(1).accept("");
    assertTrue(writer.hasRoom());
    outbox.disconnected();
    writer.add("pump-4/wear.score", TIME, 4, Quality.GOOD);
    writer.flush();
    assertEquals(3, first.topics.size());

    Kept second = new Kept();
    outbox.connected(second);
    assertEquals(
        List.of(
            "sensors/pump-1/wear.score", "sensors/pump-3/wear.score", "sensors/pump-4/wear.score"),
        second.topics);
    first.settled.get(0).accept("");
    second.settled.get(0).accept("");
    second.settled.get(1).accept("the broker refused it, code 135");
    assertEquals(new ScoreOutbox.Figures(2, 1, 1), outbox.figures());
  }
}
