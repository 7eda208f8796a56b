package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Download;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.wire.document.Digests;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;

/** The chain of key documents: edges fetch it, people push a longer one. */
final class KeyHandlers {
  private final Reads reads;
  private final Reads writes;
  private final Keys keys;

  /**
   * @param writes must let its questions write
   */
  KeyHandlers(Reads reads, Reads writes, Keys keys) {
    this.reads = reads;
    this.writes = writes;
    this.keys = keys;
  }

  /** {@code GET /api/v1/keys}. */
  Download chain(Request ignored) throws SQLException, Overload {
    byte[] text =
        reads
            .ask(keys::newest)
            .map(Keys.Kept::text)
            .orElseThrow(() -> HttpRefusal.notFound("nobody gave this cloud a keys.json yet"));
    return new Download(
        "application/json",
        Digests.of(text),
        text.length,
        Map.of("cache-control", "no-cache"),
        offset -> Arrays.copyOfRange(text, (int) offset, text.length));
  }

  /** {@code POST /api/v1/keys}: 201 if it is longer than the one before, 200 if it is that. */
  Answer push(Request request) throws SQLException, Overload {
    Keys.Pushed pushed = writes.ask(connection -> keys.push(connection, request.body()));
    return Answer.json(pushed.isNew() ? 201 : 200, Map.of("number", pushed.number()));
  }
}
