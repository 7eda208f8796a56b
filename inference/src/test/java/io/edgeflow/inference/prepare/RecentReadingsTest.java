package io.edgeflow.inference.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentReadingsTest {
  @Test
  void replaysTheLatestOfEachSeriesAsTheyArrived() {
    Seeded.run(
        200,
        random -> {
          int limit = 1 + random.nextInt(40);
          var recent = new RecentReadings(limit);
          List<Reading> all = new ArrayList<>();
          int count = random.nextInt(300);
          for (int i = 0; i < count; i++) {
            var reading =
                new Reading(
                    random.nextInt(5) * 50,
                    random.nextLong(1_000),
                    random.nextDouble(),
                    Quality.ofCode(random.nextInt(4)));
            all.add(reading);
            recent.add(reading.index(), reading.timeMicros(), reading.value(), reading.quality());
          }
          List<Reading> replayed = new ArrayList<>();
          recent.replay(
              new int[] {50, 200, 150, 999},
              (series, time, value, quality) ->
                  replayed.add(new Reading(series, time, value, quality)));
          assertEquals(expected(all, limit), replayed);
        });
  }

  private static List<Reading> expected(List<Reading> all, int limit) {
    List<Reading> expected = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Reading one = all.get(i);
      long after =
          all.subList(i + 1, all.size()).stream()
              .filter(other -> other.index() == one.index())
              .count();
      boolean asked = one.index() == 50 || one.index() == 150 || one.index() == 200;
      if (asked && after < limit) {
        expected.add(one);
      }
    }
    return expected;
  }
}
