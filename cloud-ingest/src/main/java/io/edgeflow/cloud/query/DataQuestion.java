package io.edgeflow.cloud.query;

import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * What a request for data asks.
 *
 * @param span grown to whole stretches of the grid
 * @param invalid whether what is marked as wrong is shown all the same
 * @param now when it was asked, microseconds since the epoch
 */
record DataQuestion(
    List<SeriesPattern> patterns,
    Span span,
    Step step,
    Grid grid,
    Set<Column> columns,
    DataFormat format,
    boolean gaps,
    boolean annotations,
    boolean invalid,
    long now) {
  static final int MAX_SERIES = 1_000;
  static final int MAX_POINTS_PER_SERIES = 600_000;
  static final int MAX_POINTS = 20_000_000;

  /**
   * @throws HttpRefusal 400 or 406, naming the rule
   */
  static DataQuestion of(Request request, InstantSource clock) {
    var parameters =
        new Parameters(
            request,
            "series",
            "from",
            "to",
            "step",
            "points",
            "tz",
            "agg",
            "gaps",
            "annotations",
            "invalid",
            "format");
    List<SeriesPattern> patterns = SeriesPattern.required(request, MAX_SERIES);
    ZoneId zone = parameters.text("tz").map(Moments::zone).orElse(ZoneOffset.UTC);
    Span span = TimeSpan.of(parameters, clock, zone);
    Step step = step(parameters, span);
    Grid grid = Grid.of(step, zone);
    return new DataQuestion(
        patterns,
        span.on(grid),
        step,
        grid,
        Column.chosen(parameters),
        DataFormat.of(parameters, request),
        parameters.flag("gaps"),
        parameters.flag("annotations"),
        parameters.flag("invalid"),
        Moments.micros(clock.instant()));
  }

  private static Step step(Parameters parameters, Span span) {
    if (parameters.text("step").isEmpty()) {
      return Step.fitting(
          span.length(), parameters.number("points", Step.POINTS_THAT_FIT, 1, 10_000));
    }
    if (parameters.text("points").isPresent()) {
      throw HttpRefusal.badRequest("step and points: give one of them");
    }
    Step step = parameters.text("step").map(Step::parse).orElseThrow();
    long points = span.length() / step.micros();
    if (points > MAX_POINTS_PER_SERIES) {
      throw Parameters.wrong(
          "step",
          step.text(),
          "makes %d points of the time from..to, at most %d: choose a longer step or a shorter time"
              .formatted(points, MAX_POINTS_PER_SERIES));
    }
    return step;
  }

  long pointsPerSeries() {
    return Math.max(1, span.length() / step.micros());
  }

  /**
   * @throws HttpRefusal 400, if all series together would have too many points
   */
  void requireFewPoints(int series) {
    long points = pointsPerSeries() * series;
    if (points > MAX_POINTS) {
      throw HttpRefusal.badRequest(
          "step=%s: makes %d points of %d series, at most %d: choose a longer step or fewer series"
              .formatted(step.text(), points, series, MAX_POINTS));
    }
  }
}
