package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/raw}: single readings of the series that send them, by time. */
final class RawHandler implements Handler {
  static final int MAX_READINGS = 50_000;
  private static final int STANDARD = 10_000;

  private final Reads reads;
  private final InstantSource clock;

  RawHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * @param truncated whether there are more: then those up to the newest one shown are complete
   * @param unknown names without a pattern that no series has
   */
  record Raw(
      boolean truncated,
      List<Line> series,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unknown) {}

  record Line(String name, String unit, List<RawReading> readings) {}

  private record Question(List<SeriesPattern> patterns, Span span, int limit) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "series", "from", "to", "limit");
    var question =
        new Question(
            SeriesPattern.required(request, DataQuestion.MAX_SERIES),
            TimeSpan.of(parameters, clock, ZoneOffset.UTC),
            parameters.number("limit", STANDARD, 1, MAX_READINGS));
    return Answer.json(reads.ask(connection -> raw(connection, question)));
  }

  private static Raw raw(Connection connection, Question question) throws SQLException {
    List<SeriesRow> series =
        SeriesQuery.all(connection, question.patterns(), DataQuestion.MAX_SERIES);
    Map<Integer, Visible> joined = Visible.read(connection, series, question.span(), false);
    Map<Integer, List<RawReading>> readings = new LinkedHashMap<>();
    Map<Integer, SeriesRow> sources = new LinkedHashMap<>();
    for (SeriesRow row : series) {
      readings.put(row.id(), new ArrayList<>());
      Visible visible = joined.get(row.id());
      List<Integer> ids = visible == null ? List.of(row.id()) : visible.sources();
      ids.forEach(id -> sources.put(id, row));
    }
    int[] seen = new int[1];
    RawQuery.read(
        connection,
        List.copyOf(sources.keySet()),
        question.span(),
        question.limit() + 1,
        (id, reading) -> {
          SeriesRow row = sources.get(id);
          if (++seen[0] <= question.limit() && row != null) {
            Visible visible = joined.get(row.id());
            if (visible == null || visible.shows(id, reading.t() * 1000 + reading.micros())) {
              readings.getOrDefault(row.id(), new ArrayList<>()).add(reading);
            }
          }
        });
    return new Raw(
        seen[0] > question.limit(),
        series.stream()
            .map(
                row -> new Line(row.path(), row.unit(), readings.getOrDefault(row.id(), List.of())))
            .toList(),
        SeriesPattern.unknown(question.patterns(), series));
  }
}
