package io.edgeflow.cloud.catalog;

import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Parameters;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code POST /api/v1/series/rename}: another name, place or partner for a series. */
final class RenameHandler implements Handler {
  private static final int LONGEST = 300;

  private final Reads writes;
  private final InstantSource clock;

  RenameHandler(Reads writes, InstantSource clock) {
    this.writes = writes;
    this.clock = clock;
  }

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    new Parameters(request);
    Said said = Said.read(request.body(), "from", "to", "join");
    Instant now = clock.instant();
    var wish =
        new Renaming.Wish(
            Names.Path.parse("from", said.text("from", 1, LONGEST)),
            Names.Path.parse("to", said.text("to", 1, LONGEST)),
            said.has("join") ? Optional.of(said.moment("join", now)) : Optional.empty(),
            said.who(),
            said.why());
    return Answer.json(writes.ask(connection -> new Renaming(connection, now).fulfil(wish)));
  }
}
