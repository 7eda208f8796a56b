package io.edgeflow.inference.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.scoring.ReadingQueue;
import io.edgeflow.inference.scoring.SlotScorer;
import io.edgeflow.process.link.MqttConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ScoringLoopTest {
  private final ScoreOutbox outbox = new ScoreOutbox(1);
  private final ScoreWriter writer = new ScoreWriter("sensors", outbox);
  private final ReadingQueue queue = new ReadingQueue(2, 2);

  /** A gateway that acknowledges whatever it gets. */
  private static final class Content implements MqttConnection {
    @Override
    public void publish(String topic, byte[] payload, boolean retained, Consumer<String> settled) {
      Thread.ofVirtual().start(() -> settled.accept(""));
    }

    @Override
    public void close() {}
  }

  /** Then it is the readings that wait, and of these the oldest go: what is scored later is new. */
  @Test
  void scoresNothingWhileScoresFindNoRoom() throws Exception {
    outbox.put("sensors/pump-7/wear.score", "1", 1);
    var outlet = new SlotOutlet("wear", writer, new SimpleMeterRegistry());
    try (var slot = new SlotScorer("wear", outlet)) {
      var loop = new ScoringLoop(queue, slot, writer, Duration.ofMillis(1));
      loop.start();
      for (int i = 0; i < 10; i++) {
        queue.put("pump-7/flow", i, i, Quality.GOOD);
      }
      assertEquals(4, queue.dropped());
      assertEquals(6, queue.depth());
      outbox.connected(new Content());
      while (queue.depth() > 0) {
        Thread.sleep(5);
      }
      assertEquals(4, queue.dropped());
      assertEquals(1, outbox.figures().written());
      loop.close();
    }
  }
}
