package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/data}: points of some series over some time (Q2). */
final class DataHandler implements Handler {
  static final int MAX_SERIES = 200;
  static final int MAX_POINTS_PER_SERIES = 11_000;
  static final int MAX_POINTS = 250_000;

  private final Reads reads;
  private final InstantSource clock;

  DataHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * @param unknown names without a pattern that no series has
   */
  record Data(
      String step,
      List<Drawn> series,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unknown) {}

  record Drawn(String name, String unit, List<Point> points) {}

  private record Question(List<SeriesPattern> patterns, Span span, Step step, Grid grid) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    Question question = question(request);
    return Answer.json(reads.ask(connection -> data(connection, question)));
  }

  private Question question(Request request) {
    var parameters = new Parameters(request, "series", "from", "to", "step", "tz");
    List<SeriesPattern> patterns = SeriesPattern.required(request, MAX_SERIES);
    ZoneId zone = parameters.text("tz").map(Moments::zone).orElse(ZoneOffset.UTC);
    Span span = TimeSpan.of(parameters, clock, zone);
    Step step =
        parameters.text("step").map(Step::parse).orElseGet(() -> Step.fitting(span.length()));
    requireFewPoints(step, span);
    Grid grid = Grid.of(step, zone);
    return new Question(patterns, span.on(grid), step, grid);
  }

  private static void requireFewPoints(Step step, Span span) {
    long points = span.length() / step.micros();
    if (points > MAX_POINTS_PER_SERIES) {
      throw Parameters.wrong(
          "step",
          step.text(),
          "makes %d points of the time from..to, at most %d: choose a longer step or a shorter time"
              .formatted(points, MAX_POINTS_PER_SERIES));
    }
  }

  private static Data data(Connection connection, Question question) throws SQLException {
    List<SeriesRow> series = SeriesQuery.all(connection, question.patterns(), MAX_SERIES);
    requireFewPoints(question, series.size());
    Map<Integer, List<Point>> points = new LinkedHashMap<>();
    series.forEach(row -> points.put(row.id(), new ArrayList<>()));
    readWindows(connection, ids(series, true), question, points);
    readRuns(connection, ids(series, false), question, points);
    return new Data(
        question.step().text(),
        series.stream()
            .map(row -> new Drawn(row.path(), row.unit(), points.getOrDefault(row.id(), List.of())))
            .toList(),
        SeriesPattern.unknown(question.patterns(), series));
  }

  private static void readWindows(
      Connection connection, List<Integer> ids, Question question, Map<Integer, List<Point>> points)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    Map<Integer, Merger> mergers = new LinkedHashMap<>();
    for (int id : ids) {
      List<Point> mine = points.getOrDefault(id, new ArrayList<>());
      mergers.put(id, new Merger(question.grid(), slice -> keep(question, slice, mine)));
    }
    WindowQuery.read(
        connection,
        ids,
        question.span().onHours(),
        question.grid(),
        (id, slice) -> {
          Merger merger = mergers.get(id);
          if (merger != null) {
            merger.add(slice);
          }
        });
    mergers.values().forEach(Merger::end);
  }

  private static void keep(Question question, Slice slice, List<Point> points) {
    if (question.span().overlaps(slice)) {
      points.add(Point.of(slice));
    }
  }

  private static void readRuns(
      Connection connection, List<Integer> ids, Question question, Map<Integer, List<Point>> points)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    int[] seen = new int[1];
    RunQuery.read(
        connection,
        ids,
        question.span(),
        MAX_POINTS + 1,
        (id, run) -> {
          if (++seen[0] > MAX_POINTS) {
            throw HttpRefusal.badRequest(
                "series: their states and texts changed more than %d times from..to: ask for a shorter time"
                    .formatted(MAX_POINTS));
          }
          points.getOrDefault(id, new ArrayList<>()).add(run);
        });
  }

  private static void requireFewPoints(Question question, int series) {
    long points = question.span().length() / question.step().micros() * series;
    if (points > MAX_POINTS) {
      throw HttpRefusal.badRequest(
          "step=%s: makes %d points of %d series, at most %d: choose a longer step or fewer series"
              .formatted(question.step().text(), points, series, MAX_POINTS));
    }
  }

  private static List<Integer> ids(List<SeriesRow> series, boolean windowed) {
    return series.stream()
        .filter(row -> row.kind().windowed() == windowed)
        .map(SeriesRow::id)
        .toList();
  }
}
