package io.edgeflow.process.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SettledOffsetsTest {
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  private final SettledOffsets offsets = new SettledOffsets();

  @Test
  void staysBeforeTheFirstThatIsNotSettled() {
    assertEquals(-1, offsets.next());
    Runnable one = offsets.taken(10);
    Runnable two = offsets.taken(11);
    Runnable three = offsets.taken(14);
    two.run();
    assertEquals(-1, offsets.next());
    one.run();
    assertEquals(12, offsets.next());
    three.run();
    three.run();
    assertEquals(15, offsets.next());
  }

  @Test
  void forgetsWhatWasNotTaken() throws Exception {
    offsets.taken(1).run();
    Runnable refused = offsets.taken(2);
    offsets.notTaken();
    assertTrue(offsets.await(Duration.ZERO));
    assertEquals(2, offsets.next());
    Runnable again = offsets.taken(2);
    assertFalse(offsets.await(Duration.ofMillis(1)));
    refused.run();
    assertEquals(2, offsets.next(), "nobody settles what was offered anew");
    again.run();
    assertEquals(3, offsets.next());
  }

  /** Against a model: whatever the order, never past an open one, and in the end past all. */
  @Test
  void agreesWithAModelWhateverTheOrder() {
    Random random = new Random(SEED);
    List<Runnable> settling = new ArrayList<>();
    List<Long> of = new ArrayList<>();
    TreeSet<Long> open = new TreeSet<>();
    long offset = 0;
    for (int i = 0; i < 2_000; i++) {
      if (settling.isEmpty() || random.nextInt(5) < 2) {
        offset += 1 + random.nextInt(3);
        settling.add(offsets.taken(offset));
        of.add(offset);
        open.add(offset);
      } else {
        int which = random.nextInt(settling.size());
        settling.remove(which).run();
        open.remove(of.remove(which));
      }
      long first = open.isEmpty() ? offset + 1 : open.first();
      assertTrue(offsets.next() <= first, "seed " + SEED);
    }
    settling.forEach(Runnable::run);
    assertEquals(offset + 1, offsets.next(), "seed " + SEED);
    assertEquals(0, offsets.open());
  }
}
