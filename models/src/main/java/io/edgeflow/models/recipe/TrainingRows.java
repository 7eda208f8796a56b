package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.models.history.Past;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a model would have been given: made by the same preparation as at the edge. At most
 * {@value #MOST_VALUES} values: of more rows, every second is left out, again and again.
 */
final class TrainingRows implements RowSink {
  private static final int MOST_VALUES = 1 << 22;
  private static final int MOST_ROWS = 65_536;

  private final List<float[]> rows = new ArrayList<>();
  private int keepEvery = 1;
  private int seen;

  private TrainingRows() {}

  static List<float[]> of(Manifest manifest, Parameters parameters, Past past) {
    var rows = new TrainingRows();
    past.prepare(manifest, parameters, subject -> rows, () -> {});
    return rows.rows;
  }

  @Override
  public void row(long timeMicros, float[] row, Quality quality, int filled) {
    if (seen++ % keepEvery != 0) {
      return;
    }
    rows.add(row.clone());
    int most = Math.min(MOST_ROWS, MOST_VALUES / row.length / 2 * 2);
    if (rows.size() >= most) {
      keepEvery *= 2;
      for (int i = 0; i < most / 2; i++) {
        rows.set(i, rows.get(2 * i));
      }
      rows.subList(most / 2, most).clear();
    }
  }

  @Override
  public void withheld(long timeMicros, Withheld why) {}
}
