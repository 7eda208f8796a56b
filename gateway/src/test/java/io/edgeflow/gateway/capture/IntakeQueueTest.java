package io.edgeflow.gateway.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A2: what waits before the owner is bounded, by number and by memory. */
final class IntakeQueueTest {
  private static final int KIB = 1 << 10;

  private final List<Submission> taken = new ArrayList<>();

  private static Submission message(int bytes) {
    return Submission.mqtt("sensors/pump-7", new byte[bytes], 0);
  }

  private int drain(IntakeQueue queue, int most, long enoughBytes) {
    taken.clear();
    return queue.drain(taken, most, enoughBytes);
  }

  @Test
  void isBoundedByWhatMessagesHold() {
    IntakeQueue queue = new IntakeQueue(1_000, 64 * KIB, () -> {});
    int large = 0;
    while (queue.offer(message(16 * KIB))) {
      large++;
    }
    assertEquals(3, large);
    assertTrue(queue.offer(message(1 * KIB)), "a small one fits");
    assertTrue(queue.bytes() <= 64 * KIB, queue.bytes() + " bytes");
    drain(queue, 1_000, Long.MAX_VALUE);
    assertEquals(0, queue.bytes());
    assertTrue(queue.offer(message(16 * KIB)));
  }

  @Test
  void isBoundedByMessages() {
    IntakeQueue queue = new IntakeQueue(3, 64 * KIB, () -> {});
    for (int i = 0; i < 3; i++) {
      assertTrue(queue.offer(message(1)));
    }
    long before = queue.bytes();
    assertFalse(queue.offer(message(1)));
    assertEquals(before, queue.bytes(), "what was not taken counts for nothing");
  }

  /** Else its sender would wait for ever. */
  @Test
  void takesOneMessageHoweverLargeItIs() {
    IntakeQueue queue = new IntakeQueue(3, 64 * KIB, () -> {});
    assertTrue(queue.offer(message(256 * KIB)));
    assertFalse(queue.offer(message(1)));
  }

  @Test
  void countsPolledValues() {
    IntakeQueue queue = new IntakeQueue(1_000, 64 * KIB, () -> {});
    List<PolledValue> values = List.of();
    assertTrue(queue.offer(Submission.polled(values, 0)));
    assertTrue(queue.bytes() > 0);
  }

  @Test
  void givesAwayAsMuchAsIsAskedForAndOneMessageAtLeast() {
    IntakeQueue queue = new IntakeQueue(1_000, 64 * KIB, () -> {});
    for (int i = 0; i < 20; i++) {
      assertTrue(queue.offer(message(2 * KIB)));
    }
    assertEquals(1, drain(queue, 512, 1));
    assertEquals(4, drain(queue, 512, 8 * KIB));
    assertEquals(3, drain(queue, 3, Long.MAX_VALUE));
    assertEquals(12, drain(queue, 512, Long.MAX_VALUE));
    assertEquals(0, drain(queue, 512, Long.MAX_VALUE));
  }

  @Test
  void invitesWhoWaitsWhenHalfOfTheMemoryIsFree() {
    IntakeQueue queue = new IntakeQueue(1_000, 64 * KIB, () -> {});
    while (queue.offer(message(8 * KIB))) {}
    int[] invited = {0};
    queue.whenRoom(() -> invited[0]++);
    drain(queue, 1, Long.MAX_VALUE);
    queue.invite();
    assertEquals(0, invited[0]);
    drain(queue, 4, Long.MAX_VALUE);
    queue.invite();
    queue.invite();
    assertEquals(1, invited[0]);
  }

  /** Many that are decided may wait for a sync: they hold nothing on any more. */
  @Test
  void letsGoOfWhatCameInWhenItIsDecided() {
    Submission submission = message(16 * KIB);
    int before = submission.bytes();
    submission.decided();
    assertTrue(submission.bytes() < before - 16 * KIB + 1);
    assertEquals(0, submission.payload().length);
  }
}
