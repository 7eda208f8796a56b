package io.edgeflow.cloud.history;

import io.edgeflow.cloud.history.ExportQuery.Place;
import io.edgeflow.cloud.query.Moments;
import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Parameters;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.query.ShownSeries;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/v1/export}: what is stored of some series, to the bit, as CSV in pages. A page
 * says in the header {@code edgeflow-next} where the next one begins; without it, it was the last.
 */
final class ExportHandler implements Handler {
  private static final int MOST_SERIES = 5_000;
  private static final int STANDARD = 10_000;
  private static final int MOST = 20_000;

  private final Reads reads;
  private final InstantSource clock;

  ExportHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  private record Question(
      List<String> patterns, boolean raw, long from, long to, int limit, Optional<Place> after) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "series", "from", "to", "what", "limit", "after");
    Instant now = clock.instant();
    var question =
        new Question(
            request.all("series"),
            raw(parameters),
            moment(parameters, "from", "1970-01-01T00:00:00Z", now),
            moment(parameters, "to", "2199-12-31T00:00:00Z", now),
            parameters.number("limit", STANDARD, 1, MOST),
            parameters.text("after").map(Place::parse));
    if (question.from() >= question.to()) {
      throw HttpRefusal.badRequest("from must be before to");
    }
    return reads.ask(connection -> page(connection, question));
  }

  private static boolean raw(Parameters parameters) {
    String what = parameters.text("what").orElse("windows");
    return switch (what) {
      case "windows" -> false;
      case "readings" -> true;
      default -> throw Parameters.wrong("what", what, "must be windows or readings");
    };
  }

  private static long moment(Parameters parameters, String key, String standard, Instant now) {
    return Moments.parse(key, parameters.text(key).orElse(standard), now, ZoneOffset.UTC);
  }

  private static Answer page(Connection connection, Question question) throws SQLException {
    List<ShownSeries> series = ShownSeries.find(connection, question.patterns(), MOST_SERIES);
    if (series.isEmpty()) {
      throw HttpRefusal.notFound("no series matches " + String.join(", ", question.patterns()));
    }
    var query =
        new ExportQuery(
            connection, question.raw(), question.from(), question.to(), question.limit());
    Optional<Place> next = query.read(series, question.after());
    Answer answer = Answer.text("text/csv; charset=utf-8", query.text());
    return next.isPresent() ? answer.with("edgeflow-next", next.get().toString()) : answer;
  }
}
