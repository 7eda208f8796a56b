package io.edgeflow.cloud.query;

import java.util.ArrayList;
import java.util.List;

/** Runs of a state or text, as they came. */
final class RunsLine implements Line {
  private final SeriesRow series;
  private final List<Gap> gaps;
  private final List<Visible.Invalid> invalid;
  private final List<Point.Run> ready = new ArrayList<>();

  RunsLine(SeriesRow series, List<Gap> gaps, List<Visible.Invalid> invalid) {
    this.invalid = invalid;
    this.series = series;
    this.gaps = gaps;
  }

  @Override
  public SeriesRow series() {
    return series;
  }

  void add(Point.Run run) {
    ready.add(run);
  }

  @Override
  public void flush(Form form) {
    ready.forEach(form::run);
    ready.clear();
  }

  @Override
  public void end(Form form) {
    flush(form);
    form.close(gaps, false, invalid);
  }
}
