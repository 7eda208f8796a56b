package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Points of a gauge or counter. */
final class NumbersLine implements Line {
  private final SeriesRow series;
  private final Merger merger;
  private final List<Slice> ready = new ArrayList<>();
  private final Optional<GapFinder> gaps;
  private final List<Visible.Invalid> invalid;
  private final boolean wantsIncrease;
  private double before = Double.NaN;
  private long beforeMicros;

  NumbersLine(
      SeriesRow series,
      DataQuestion question,
      Optional<GapFinder> gaps,
      List<Visible.Invalid> invalid) {
    this.series = series;
    this.invalid = invalid;
    this.gaps = gaps;
    this.wantsIncrease = series.kind() == Kind.COUNTER && Column.wantIncrease(question.columns());
    this.merger =
        new Merger(
            question.grid(),
            slice -> {
              if (question.span().overlaps(slice)) {
                ready.add(slice);
              }
            });
  }

  @Override
  public SeriesRow series() {
    return series;
  }

  boolean wantsIncrease() {
    return wantsIncrease;
  }

  void add(Slice slice) {
    merger.add(slice);
  }

  /** The last reading before the first point. */
  void before(Slice slice) {
    if (slice.valued() > 0) {
      before = slice.last();
      beforeMicros = slice.lastMicros();
    }
  }

  @Override
  public void flush(Form form) {
    for (Slice slice : ready) {
      double increase = wantsIncrease ? increase(slice) : Double.NaN;
      form.point(slice, increase, increase / seconds(slice));
      gaps.ifPresent(finder -> finder.point(slice));
      before(slice);
    }
    ready.clear();
  }

  /**
   * Since the last reading before. Edges unwrap counters, so none of them falls; should one fall
   * all the same, what it did in between is not known, and only its rise within the point counts.
   */
  private double increase(Slice slice) {
    double from = Double.isNaN(before) || before > slice.first() ? slice.first() : before;
    return Math.max(0, slice.last() - from);
  }

  private double seconds(Slice slice) {
    long from = Double.isNaN(before) || before > slice.first() ? slice.firstMicros() : beforeMicros;
    return (slice.lastMicros() - from) / 1e6;
  }

  @Override
  public void end(Form form) {
    merger.end();
    flush(form);
    gaps.ifPresentOrElse(
        finder -> form.close(finder.end(), finder.isCut(), invalid),
        () -> form.close(List.of(), false, invalid));
  }
}
