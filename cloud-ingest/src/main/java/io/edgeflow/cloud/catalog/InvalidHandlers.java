package io.edgeflow.cloud.catalog;

import io.edgeflow.cloud.query.Moments;
import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Parameters;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.registry.Audit;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/series/invalid}: stretches of series that somebody knows to be wrong. */
final class InvalidHandlers {
  private static final int CREATED = 201;
  private static final int LONGEST = 300;

  private final Reads reads;
  private final Reads writes;
  private final InstantSource clock;

  InvalidHandlers(Reads reads, Reads writes, InstantSource clock) {
    this.reads = reads;
    this.writes = writes;
    this.clock = clock;
  }

  record Page(List<InvalidTable.Stretch> invalid) {}

  /** POST. */
  Answer mark(Request request) throws SQLException, Overload {
    new Parameters(request);
    Said said = Said.read(request.body(), "series", "from", "to");
    Instant now = clock.instant();
    String series = said.text("series", 1, LONGEST);
    Instant from = said.moment("from", now);
    Instant to = said.moment("to", now);
    String who = said.who();
    String why = said.why();
    if (!from.isBefore(to)) {
      throw HttpRefusal.badRequest("from must be before to");
    }
    return Answer.json(
        CREATED,
        writes.ask(
            connection -> {
              int id = Names.require(connection, series).head();
              var stretch = InvalidTable.add(connection, id, from, to, now, who, why);
              Audit.note(
                  connection,
                  now.toEpochMilli(),
                  who,
                  "series-invalid",
                  stretch.series(),
                  Map.of(
                      "id", stretch.id(), "from", stretch.from(), "to", stretch.to(), "why", why));
              return stretch;
            }));
  }

  /** DELETE: it was right after all. */
  Answer unmark(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "who", "why");
    String who = word(parameters, "who", 64);
    String why = word(parameters, "why", 200);
    int id = id(request.segment("id"));
    Instant now = clock.instant();
    return Answer.json(
        writes.ask(
            connection -> {
              var stretch =
                  InvalidTable.remove(connection, id, now, who, why)
                      .orElseThrow(() -> HttpRefusal.notFound("no stretch " + id + " is marked"));
              Audit.note(
                  connection,
                  now.toEpochMilli(),
                  who,
                  "series-valid",
                  stretch.series(),
                  Map.of("id", id, "why", why));
              return stretch;
            }));
  }

  /** GET. */
  Answer list(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "series", "from", "to");
    Instant now = clock.instant();
    long from = moment(parameters, "from", "1970-01-01T00:00:00Z", now);
    long to = moment(parameters, "to", "2199-12-31T00:00:00Z", now);
    String series = parameters.text("series").orElse("");
    return Answer.json(
        reads.ask(
            connection ->
                new Page(
                    series.isEmpty()
                        ? InvalidTable.all(connection, from, to)
                        : InvalidTable.of(
                            connection, Names.require(connection, series).head(), from, to))));
  }

  private static long moment(Parameters parameters, String key, String standard, Instant now) {
    return Moments.parse(key, parameters.text(key).orElse(standard), now, ZoneOffset.UTC);
  }

  private static String word(Parameters parameters, String key, int most) {
    String text = parameters.text(key).orElse("").strip();
    if (text.isEmpty() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw HttpRefusal.badRequest("%s must be a text of 1 to %d characters".formatted(key, most));
    }
    return text;
  }

  private static int id(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notOne) {
      throw Parameters.wrong("id", text, "must be the number of a marked stretch");
    }
  }
}
