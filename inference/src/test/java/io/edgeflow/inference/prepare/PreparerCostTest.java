package io.edgeflow.inference.prepare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.edgeflow.aggregator.reading.Quality;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreparerCostTest {
  private static final int READINGS = 200_000;

  @Test
  void allocatesNothingForAReading() {
    for (Preparer preparer :
        List.of(
            Plans.preparer(Plans.window(64), Plans.grid("mean", "hold")),
            Plans.preparer(Plans.window(64), ""),
            Plans.preparer(Plans.vector(4), Plans.grid("linear", "interpolate")),
            Plans.preparer(Plans.vector(4), ""),
            Plans.preparer(
                """
                "kind": "minute-features", "series": ["{device}/a"], "minutes": 10,
                "statistics": ["count", "min", "max", "mean", "std", "first", "last"]\
                """,
                ""))) {
      long rows = feed(preparer, 0, 1_000);
      long before = allocated();
      rows += feed(preparer, 1_000, READINGS);
      long bytes = allocated() - before;
      long all = rows;
      assertTrue(all > 100, () -> all + " rows");
      // Less than a byte for each: the sink itself, and what the virtual machine may need once.
      assertTrue(bytes < READINGS, () -> bytes + " bytes for " + READINGS + " readings");
    }
  }

  private static long feed(Preparer preparer, int from, int to) {
    var sink = new Counting();
    int inputs = preparer.inputs();
    for (int i = from; i < to; i++) {
      Quality quality = i % 97 == 0 ? Quality.UNCERTAIN : Quality.GOOD;
      preparer.accept(i % inputs, i * 250_000L, i % 50, quality, sink);
    }
    return sink.rows;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static final class Counting implements RowSink {
    private long rows;

    @Override
    public void row(long timeMicros, float[] row, Quality quality, int filled) {
      rows++;
    }

    @Override
    public void withheld(long timeMicros, Withheld why) {
      // Counted by nobody here.
    }
  }
}
