package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long a state or text had which value, by stretches of the grid. A value holds until the next
 * one, from before the span too; time before the first one, and from {@code until} on, is nobody's.
 */
final class TimesLine implements Line {
  /** Of one stretch; what else there is counts together. */
  private static final int MOST_VALUES = 100;

  private static final String OTHERS = "…";

  private record Cell(long start, long end, SortedMap<String, Double> seconds) {}

  private final SeriesRow series;
  private final Grid grid;
  private final List<Gap> gaps;
  private final List<Visible.Invalid> invalid;
  private final long until;
  private final List<Cell> ready = new ArrayList<>();
  private SortedMap<String, Double> current = new TreeMap<>();
  private long cursor;

  /** Empty while nothing is known: where a reading has no value, or is stale or bad. */
  private String value = "";

  /**
   * @param until from when on it is not known, microseconds
   */
  TimesLine(
      SeriesRow series,
      DataQuestion question,
      long until,
      List<Gap> gaps,
      List<Visible.Invalid> invalid) {
    this.invalid = invalid;
    this.series = series;
    this.grid = question.grid();
    this.gaps = gaps;
    this.cursor = question.span().from();
    this.until = Math.min(until, question.span().to());
  }

  @Override
  public SeriesRow series() {
    return series;
  }

  void add(Point.Run run) {
    advance(run.t() * 1000);
    boolean known = Quality.ofWord(run.quality()).filter(Quality::carriesValue).isPresent();
    value = run.value() == null || !known ? "" : word(run.value());
  }

  /** Whole numbers, which states are, without a fraction. */
  private static String word(Object value) {
    return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString(number.longValue())
        : value.toString();
  }

  private void advance(long toMicros) {
    long end = Math.min(toMicros, until);
    while (cursor < end) {
      long border = grid.after(cursor);
      long next = Math.min(border, end);
      if (!value.isEmpty()) {
        String key = current.size() < MOST_VALUES || current.containsKey(value) ? value : OTHERS;
        current.merge(key, (next - cursor) / 1e6, Double::sum);
      }
      cursor = next;
      if (cursor == border) {
        close(border);
      }
    }
  }

  private void close(long border) {
    if (!current.isEmpty()) {
      ready.add(new Cell(grid.floor(border - 1), border, current));
      current = new TreeMap<>();
    }
  }

  @Override
  public void flush(Form form) {
    ready.forEach(cell -> form.times(cell.start(), cell.end(), cell.seconds()));
    ready.clear();
  }

  @Override
  public void end(Form form) {
    advance(until);
    close(grid.after(Math.max(0, cursor - 1)));
    flush(form);
    form.close(gaps, false, invalid);
  }
}
