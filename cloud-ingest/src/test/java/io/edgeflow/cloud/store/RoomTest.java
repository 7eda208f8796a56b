package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What writers share is bounded, and a part of it is each one's own. */
final class RoomTest {
  private static final long LIMIT = 900;

  @Test
  void leavesEachItsOwnPartWhateverTheOthersTake() {
    Room room = new Room(3, LIMIT, false);
    while (room.tryTake(0, 10)) {}
    while (room.tryTake(1, 10)) {}
    assertEquals(500, room.held(0), "its own 200, and all that is common");
    assertEquals(200, room.held(1));
    assertTrue(room.tryTake(2, 200));
    assertFalse(room.tryTake(2, 1));
    room.give(0, 10);
    assertTrue(room.tryTake(2, 10), "what was common is common again");
  }

  @Test
  void givesAllOfItToAnOnlyOne() {
    Room room = new Room(1, LIMIT, false);
    assertTrue(room.tryTake(0, LIMIT));
    assertFalse(room.tryTake(0, 1));
  }

  @Test
  void letsOneAtATimeTakeMoreThanThereIs() {
    Room room = new Room(2, LIMIT, true);
    assertTrue(room.tryTake(0, 10 * LIMIT));
    assertFalse(room.tryTake(1, 10 * LIMIT));
    assertTrue(room.tryTake(1, 300), "its own part is not touched");
    assertTrue(room.tryTake(0, 300));
    room.give(0, 10 * LIMIT + 300);
    assertEquals(0, room.held(0));
    room.give(1, 300);
    assertTrue(room.tryTake(1, 10 * LIMIT));
  }

  @Test
  void isNeverMoreThanItsLimitAndOneGuest() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    int writers = random.nextInt(1, 9);
    Room room = new Room(writers, LIMIT, true);
    List<Deque<Long>> taken = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      taken.add(new ArrayDeque<>());
    }
    for (int step = 0; step < 20_000; step++) {
      int writer = random.nextInt(writers);
      long amount = random.nextInt(20) == 0 ? 2000 : random.nextInt(1, 200);
      if (random.nextBoolean() && room.tryTake(writer, amount)) {
        taken.get(writer).add(amount);
      } else if (!taken.get(writer).isEmpty()) {
        room.give(writer, taken.get(writer).removeFirst());
      }
      long sum = 0;
      for (int i = 0; i < writers; i++) {
        long held = taken.get(i).stream().mapToLong(Long::longValue).sum();
        assertEquals(held, room.held(i), "seed " + seed);
        sum += held;
      }
      long guests = taken.stream().flatMap(Deque::stream).filter(a -> a > LIMIT).count();
      assertTrue(guests <= 1, "seed " + seed);
      assertTrue(sum <= LIMIT + 2000, "seed " + seed);
    }
  }
}
