package io.edgeflow.cloud.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.intake.HandedOn.Admission;
import io.edgeflow.cloud.store.HandedFrame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HandedOnTest {
  private long now = 1;
  private final HandedOn handed = new HandedOn(() -> now, Duration.ofMinutes(2), 1_000);

  @Test
  void handsOnOnceWhatComesAgainSoonAndAgainWhatComesLate() {
    assertEquals(Admission.NEW, handed.admit(frame("pi-7", 1, 5), 100));
    assertEquals(Admission.UNDER_WAY, handed.admit(frame("pi-7", 1, 5), 100));
    assertEquals(Admission.NEW, handed.admit(frame("pi-7", 1, 6), 100), "other content");
    pass(Duration.ofMinutes(3));
    assertEquals(Admission.NEW, handed.admit(frame("pi-7", 1, 5), 100));
    assertEquals(2, handed.size());
    assertEquals(200, handed.load(true).bytes());
  }

  @Test
  void isBounded() {
    assertEquals(Admission.NEW, handed.admit(frame("pi-7", 1, 5), 600));
    assertEquals(Admission.NO_ROOM, handed.admit(frame("pi-7", 2, 5), 600));
    handed.discard(frame("pi-7", 1, 5));
    assertEquals(Admission.NEW, handed.admit(frame("pi-7", 2, 5), 600));
    assertTrue(handed.judged(frame("pi-7", 2, 5)));
    assertFalse(handed.judged(frame("pi-7", 2, 5)));
    assertEquals(0, handed.load(true).bytes());
  }

  @Test
  void saysHowLongTheOldestWaitsButNotWhatMayBeLost() {
    assertEquals(Admission.NEW, handed.admit(frame("pi-7", 1, 5), 1));
    pass(Duration.ofSeconds(50));
    assertEquals(Admission.NEW, handed.admit(frame("pi-8", 1, 5), 1));
    pass(Duration.ofSeconds(50));
    assertEquals(Duration.ofSeconds(100).toNanos(), handed.load(true).waitNanos());
    assertEquals(Set.of("pi-7"), handed.edges(Duration.ofSeconds(60)));
    assertEquals(Set.of("pi-7", "pi-8"), handed.edges(Duration.ZERO));
    assertEquals(List.of(frame("pi-8", 1, 5)), handed.waiting(Set.of("pi-8", "pi-9")));
    pass(Duration.ofSeconds(50));
    assertEquals(Duration.ofSeconds(100).toNanos(), handed.load(true).waitNanos());
    assertTrue(handed.judged(frame("pi-8", 1, 5)));
    assertEquals(Duration.ofSeconds(100).toNanos(), handed.load(true).slowestNanos());
    assertEquals(0, handed.load(true).slowestNanos(), "since it was asked last");
  }

  @Test
  void forgetsWhatNobodyWaitsFor() {
    assertEquals(Admission.NEW, handed.admit(frame("pi-7", 1, 5), 100));
    pass(Duration.ofMinutes(9));
    handed.tidy();
    assertEquals(1, handed.size());
    pass(Duration.ofMinutes(2));
    handed.tidy();
    assertEquals(0, handed.size());
    assertEquals(0, handed.load(true).bytes());
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static HandedFrame frame(String edge, long number, int identity) {
    return new HandedFrame(edge, new FrameId(new Incarnation(1, 2), Lane.WINDOW, number), identity);
  }
}
