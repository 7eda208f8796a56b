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
 * {@value #MOST}: of more, every second is left out, again and again.
 */
final class TrainingRows implements RowSink {
  private static final int MOST = 65_536;

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
    if (rows.size() == MOST) {
      keepEvery *= 2;
      for (int i = 0; i < MOST / 2; i++) {
        rows.set(i, rows.get(2 * i));
      }
      rows.subList(MOST / 2, MOST).clear();
    }
  }

  @Override
  public void withheld(long timeMicros, Withheld why) {}
}
