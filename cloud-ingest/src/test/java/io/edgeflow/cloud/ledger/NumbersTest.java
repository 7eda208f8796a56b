package io.edgeflow.cloud.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.cloud.ledger.Numbers.Range;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class NumbersTest {
  private static final int SMALL = 40;

  @Test
  void isWhatASetOfNumbersIs() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Numbers numbers = new Numbers();
    TreeSet<Long> model = new TreeSet<>();
    for (int step = 0; step < 2000; step++) {
      Range range = range(random);
      if (random.nextBoolean()) {
        numbers.add(range);
        LongStream.rangeClosed(range.from(), range.to()).forEach(model::add);
      } else {
        numbers.remove(range);
        model.subSet(range.from(), true, range.to(), true).clear();
      }
      Range asked = range(random);
      var within = model.subSet(asked.from(), true, asked.to(), true);
      String step1 = "seed " + seed + " step " + step + " " + numbers;
      assertEquals(model.size(), numbers.size(), step1);
      assertEquals(model.contains(asked.from()), numbers.contains(asked.from()), step1);
      assertEquals(!within.isEmpty(), numbers.intersects(asked), step1);
      assertEquals(within.size() == asked.size(), numbers.containsAll(asked), step1);
      assertEquals(within.size(), numbers.within(asked).size(), step1);
      assertEquals(numbers, Numbers.parse(numbers.toString()), step1);
    }
  }

  @Test
  void joinsNeighboursAndSplitsAroundWhatIsRemoved() {
    Numbers numbers = Numbers.of(new Range(1, 3));
    numbers.add(new Range(4, 6));
    assertEquals(List.of(new Range(1, 6)), numbers.ranges());
    numbers.remove(new Range(3, 4));
    assertEquals(List.of(new Range(1, 2), new Range(5, 6)), numbers.ranges());
    assertEquals("{[1,3),[5,7)}", numbers.toString());
  }

  @Test
  void readsAndWritesPostgresText() {
    assertEquals("{}", new Numbers().toString());
    assertEquals(new Numbers(), Numbers.parse("{}"));
    assertEquals(Numbers.of(new Range(7, Numbers.MAX)), Numbers.parse("{[7,1152921504606846977)}"));
  }

  @Test
  void refusesWhatIsNoFrameNumber() {
    assertThrows(IllegalArgumentException.class, () -> new Range(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Range(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Range(1, Numbers.MAX + 1));
  }

  private static Range range(SplittableRandom random) {
    long from = random.nextLong(1, SMALL);
    return new Range(from, random.nextLong(from, SMALL + 1));
  }
}
