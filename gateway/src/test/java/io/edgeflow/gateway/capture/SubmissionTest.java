package io.edgeflow.gateway.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.journal.LogPosition;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SubmissionTest {
  private final Submission submission = Submission.mqtt("sensors/a/b", new byte[] {'1'}, 7);
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void isNeitherSettledNorSafeAtFirst() {
    submission.whenSettled(told::incrementAndGet);
    assertFalse(submission.settled());
    assertFalse(submission.safe());
    assertEquals(0, told.get());
  }

  @Test
  void becomesSafeWhenItsRecordIsSynced() {
    submission.whenSettled(told::incrementAndGet);
    submission.durable(1, new LogPosition(1, 2, 3));
    assertTrue(submission.settled());
    assertTrue(submission.safe());
    assertEquals(1, told.get());
  }

  @Test
  void becomesSafeWhenRejected() {
    submission.settleSafe();
    submission.whenSettled(told::incrementAndGet);
    assertTrue(submission.safe());
    assertEquals(1, told.get());
  }

  @Test
  void neverBecomesSafeOnceFailed() {
    submission.whenSettled(told::incrementAndGet);
    submission.fail();
    submission.durable(1, new LogPosition(1, 2, 3));
    assertTrue(submission.settled());
    assertFalse(submission.safe());
    assertEquals(1, told.get());
  }

  @Test
  void hasOneListener() {
    submission.whenSettled(told::incrementAndGet);
    assertThrows(IllegalStateException.class, () -> submission.whenSettled(told::incrementAndGet));
  }

  @Test
  void tellsItsListenerOnceHoweverSettlingAndListeningCross() throws Exception {
    int rounds = 20_000;
    var barrier = new CyclicBarrier(2);
    var submissions = new Submission[rounds];
    for (int i = 0; i < rounds; i++) {
      submissions[i] = Submission.mqtt("t", new byte[0], i);
    }
    Thread settling =
        Thread.ofPlatform()
            .start(
                () -> {
                  await(barrier);
                  for (Submission s : submissions) {
                    s.settleSafe();
                  }
                });
    await(barrier);
    for (Submission s : submissions) {
      s.whenSettled(told::incrementAndGet);
    }
    settling.join();
    assertEquals(rounds, told.get());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
