package io.edgeflow.gateway.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.edgeflow.gateway.capture.Submission;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UnacknowledgedPacketsTest {
  private final UnacknowledgedPackets packets = new UnacknowledgedPackets();

  private static Submission submission() {
    return Submission.mqtt("sensors/a/b", new byte[0], 0);
  }

  @Test
  void isAMapFromIdsToSubmissions() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Integer, Submission> model = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      // Mostly neighbours, as clients count; now and then from anywhere.
      int id = random.nextInt(10) > 0 ? 1 + (step / 3) % 300 : 1 + random.nextInt(65_535);
      if (random.nextBoolean()) {
        Submission submission = submission();
        packets.put(id, submission);
        model.put(id, submission);
      } else {
        Submission known = model.remove(id);
        packets.remove(id, known == null ? submission() : known);
      }
      assertEquals(model.size(), packets.size(), "seed " + seed);
    }
    for (int id = 1; id <= 65_535; id++) {
      assertSame(model.get(id), packets.get(id), "seed " + seed + " id " + id);
    }
  }

  @Test
  void keepsTheLaterSubmissionOfAnIdThatIsUsedTwice() {
    Submission earlier = submission();
    Submission later = submission();
    packets.put(7, earlier);
    packets.put(7, later);
    packets.remove(7, earlier);
    assertSame(later, packets.get(7));
    assertEquals(1, packets.size());
  }
}
