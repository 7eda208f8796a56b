package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** How the server carries out the questions that are asked most, for a person to look at. */
public final class Plans {
  private static final String EXPLAIN =
      "explain (analyze, costs off, timing off, summary on, buffers off) ";

  private Plans() {}

  /** One question and what the server does for it. */
  public record Plan(String question, String text) {}

  /**
   * @param connection finds the tables; what it runs changes nothing
   * @param series ids of gauges
   * @param now what lies before it is read
   */
  public static List<Plan> of(Connection connection, List<Integer> series, Instant now)
      throws SQLException {
    List<Plan> plans = new ArrayList<>();
    for (Question question :
        List.of(
            new Question("24 hours at 5m, columns min, max, mean", "5m", Duration.ofHours(24)),
            new Question("24 hours at 5m", "5m", Duration.ofHours(24)),
            new Question("30 days at 2h", "2h", Duration.ofDays(30)),
            new Question("a year at 1d", "1d", Duration.ofDays(365)))) {
      plans.add(plan(connection, series, now, question));
    }
    return plans;
  }

  private record Question(String text, String step, Duration back) {}

  private static Plan plan(
      Connection connection, List<Integer> series, Instant now, Question question)
      throws SQLException {
    Grid grid = Grid.of(Step.parse(question.step()), ZoneOffset.UTC);
    long to = Moments.micros(now);
    var span = new Span(to - question.back().toNanos() / 1000, to).on(grid).onHours();
    var columns =
        question.text().contains("columns")
            ? java.util.EnumSet.of(Column.MIN, Column.MAX, Column.MEAN)
            : Column.STANDARD;
    Source source = Source.fitting(grid, span, columns);
    String title =
        "%d series, %s, from %s".formatted(series.size(), question.text(), source.word());
    var ask = new WindowQuery.Ask(source, series, span, grid, columns);
    var text = new StringBuilder();
    for (WindowQuery.Ask part : Settled.cut(connection, ask, Source.Kept.read(connection))) {
      if (part.span().length() > 0) {
        text.append(plan(connection, part));
      }
    }
    return new Plan(title, text.toString());
  }

  private static String plan(Connection connection, WindowQuery.Ask part) throws SQLException {
    try (PreparedStatement explain =
        part.readsStrips()
            ? StripQuery.prepare(connection, EXPLAIN, part)
            : WindowQuery.prepare(connection, EXPLAIN, part)) {
      return lines(explain);
    }
  }

  private static String lines(PreparedStatement explain) throws SQLException {
    var text = new StringBuilder();
    try (ResultSet rows = explain.executeQuery()) {
      while (rows.next()) {
        text.append(rows.getString(1)).append('\n');
      }
    }
    return text.toString();
  }
}
