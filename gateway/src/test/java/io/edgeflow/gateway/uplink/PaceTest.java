package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A drain leaves a live frame no long way to its verdict, whatever link and cloud can take. */
final class PaceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int FRAME = 20_000;

  private record Sent(long at, long judged) {}

  /** The cloud commits whatever came meanwhile in one go, which takes some time by itself. */
  @ParameterizedTest
  @CsvSource({
    "40000000, 20",
    "5000000, 20",
    "1000000, 20",
    "400000, 50",
    "100000, 50",
    "40000000, 150",
  })
  void keepsVerdictsSoonAndTheCloudBusy(long bytesPerSecond, long commitMillis) {
    Pace pace = new Pace();
    Deque<Sent> underWay = new ArrayDeque<>();
    List<Long> verdicts = new ArrayList<>();
    long now = 0;
    long writerFree = 0;
    long done = 0;
    while (now < 60 * SECOND) {
      List<Long> batch = new ArrayList<>();
      while (pace.allows((long) underWay.size() * FRAME + (long) batch.size() * FRAME, FRAME)) {
        batch.add(now);
        assertTrue(batch.size() < 10_000, "no bound");
      }
      long bytes = (long) batch.size() * FRAME;
      writerFree =
          Math.max(writerFree, now) + commitMillis * 1_000_000 + bytes * SECOND / bytesPerSecond;
      for (long at : batch) {
        underWay.add(new Sent(at, writerFree));
      }
      now = underWay.element().judged();
      while (!underWay.isEmpty() && underWay.element().judged() <= now) {
        Sent sent = underWay.element();
        pace.judged(sent.at(), now, FRAME, (long) underWay.size() * FRAME);
        underWay.remove();
        if (now > 20 * SECOND) {
          done += FRAME;
          verdicts.add(now - sent.at());
        }
      }
    }
    Collections.sort(verdicts);
    long most = verdicts.getLast();
    assertTrue(most <= 3 * Pace.TARGET_NANOS / 2, () -> most / 1_000_000 + " ms");
    long could = 40 * bytesPerSecond;
    long did = done;
    assertTrue(did >= could / 3, () -> did + " of " + could);
  }

  @Test
  void startsAnewWithAnotherLink() {
    Pace pace = new Pace();
    pace.refused(0, 10);
    assertEquals(Pace.FIRST_BYTES / 2, pace.window());
    pace.reset();
    assertEquals(Pace.FIRST_BYTES, pace.window());
  }

  /**
   * What was under way when it shrank tells of the window that was, and does not shrink it again.
   */
  @Test
  void shrinksOnceForWhatWasUnderWayTogether() {
    Pace pace = new Pace();
    long late = 2 * Pace.TARGET_NANOS;
    pace.judged(0, late, FRAME, Pace.FIRST_BYTES);
    long shrunk = pace.window();
    assertEquals(Pace.FIRST_BYTES / 2, shrunk);
    pace.judged(1, late + 1, FRAME, Pace.FIRST_BYTES);
    assertEquals(shrunk, pace.window());
    pace.judged(late + 1, 2 * late + 1, FRAME, shrunk);
    assertTrue(pace.window() < shrunk);
  }

  /** What is no backlog to speak of proves nothing about the way. */
  @Test
  void doesNotGrowWhileItIsNotUsed() {
    Pace pace = new Pace();
    for (int i = 0; i < 1000; i++) {
      pace.judged(i, i + 1, FRAME, FRAME);
    }
    assertEquals(Pace.FIRST_BYTES, pace.window());
  }
}
