package io.edgeflow.inference.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model sees the same minutes that the cloud gets. */
final class MinuteWindowsTest {
  private static final long MINUTE = 60_000_000;

  @Test
  void areTheWindowsOfTheAggregator() {
    Seeded.run(
        100,
        random -> {
          Preparer preparer =
              Plans.preparer(
                  """
                  "kind": "minute-features", "series": ["{device}/a"],
                  "statistics": ["count", "min", "max", "mean", "std", "first", "last"]\
                  """,
                  "\"gap\": {\"fill\": \"refuse\"}, \"quality\": {\"stale\": \"skip\", \"bad\":"
                      + " \"skip\"}");
          var windower = new Windower(new WindowRule(MINUTE, 0));
          var checked = new Against(windower);
          List<Reading> readings = Reading.ordered(random, 1, 2_000, 1_500_000);
          long newest = Long.MIN_VALUE;
          for (Reading one : readings) {
            if (one.quality().carriesValue() && one.timeMicros() > newest) {
              newest = one.timeMicros();
              windower.fold(0, one.timeMicros(), one.value(), one.quality(), 0);
            }
          }
          readings.forEach(one -> one.to(preparer, checked));
          assertTrue(checked.rows > 5, () -> checked.rows + " rows");
          assertEquals(1, windower.open(), "all but the minute that is not yet over");
        });
  }

  private static final class Against implements RowSink {
    private final Windower windower;
    private int rows;

    Against(Windower windower) {
      this.windower = windower;
    }

    @Override
    public void row(long timeMicros, float[] row, Quality quality, int filled) {
      rows++;
      Window window = windower.take(0, timeMicros - MINUTE);
      float[] expected = {
        window.count(),
        (float) window.min(),
        (float) window.max(),
        (float) window.mean(),
        (float) Math.sqrt(window.variance()),
        (float) window.first(),
        (float) window.last()
      };
      assertArrayEquals(expected, row);
      assertEquals(window.uncertain() > 0 ? Quality.UNCERTAIN : Quality.GOOD, quality);
    }

    @Override
    public void withheld(long timeMicros, Withheld why) {
      assertTrue(!windower.isOpen(0, timeMicros - MINUTE), "a minute with readings");
    }
  }
}
