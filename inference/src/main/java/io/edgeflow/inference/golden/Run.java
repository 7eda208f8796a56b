package io.edgeflow.inference.golden;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Subjects;
import io.edgeflow.inference.prepare.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** Runs the readings of a vector through preparation, as the edge does. */
final class Run {
  /** More numbers than this are not kept: readings that were made to fill the memory. */
  private static final int MAX_NUMBERS = 2_000_000;

  /**
   * After more rows and reasons than this, also of no interest, readings were made to take time.
   */
  private static final int MAX_SEEN = 1_000_000;

  private final Manifest manifest;
  private final Parameters parameters;

  Run(Manifest manifest, Parameters parameters) {
    this.manifest = manifest;
    this.parameters = parameters;
  }

  /** How many rows and reasons are kept at most. */
  int limit() {
    return Math.min(100_000, MAX_NUMBERS / manifest.input().rowLength());
  }

  /**
   * What comes for one subject, in order; one more than the limit if there is more.
   *
   * @param wanted which times
   */
  List<Came> of(List<GoldenReading> readings, String subject, LongPredicate wanted) {
    var kept = new Kept(wanted);
    var subjects =
        new Subjects(manifest, parameters, name -> name.equals(subject) ? kept : RowSink.NONE);
    // Also a shared series that speaks first has a subject to speak to.
    subjects.preparer(subject);
    for (GoldenReading one : readings) {
      subjects.feed(one.series()).accept(one.timeMicros(), one.value(), one.quality());
      if (kept.tooMany()) {
        break;
      }
    }
    return kept.came;
  }

  private final class Kept implements RowSink {
    private final LongPredicate wanted;
    private final List<Came> came = new ArrayList<>();
    private int seen;

    Kept(LongPredicate wanted) {
      this.wanted = wanted;
    }

    @Override
    public void row(long timeMicros, float[] row, Quality quality, int filled) {
      if (keeps(timeMicros)) {
        came.add(Came.row(timeMicros, row, quality));
      }
    }

    @Override
    public void withheld(long timeMicros, Withheld why) {
      if (keeps(timeMicros)) {
        came.add(Came.withheld(timeMicros, why));
      }
    }

    boolean tooMany() {
      return seen > MAX_SEEN || came.size() > limit();
    }

    private boolean keeps(long timeMicros) {
      seen++;
      return wanted.test(timeMicros) && !tooMany();
    }
  }
}
