package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.query.Overload;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.wire.document.Digests;
import java.sql.SQLException;
import java.util.Map;

/** {@code PUT /api/v1/chunks/{sha256}}: 201 if it came now, 200 if it was here. */
final class ChunkHandler implements Handler {
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final Publishing publishing;

  ChunkHandler(Publishing publishing) {
    this.publishing = publishing;
  }

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    String sha256 = request.segment("sha256");
    byte[] bytes = request.body();
    if (bytes.length > Statement.CHUNK_BYTES) {
      throw Refusals.tooLarge("a piece has at most " + Statement.CHUNK_BYTES + " bytes");
    }
    if (!Digests.of(bytes).equals(sha256)) {
      throw HttpRefusal.badRequest("these bytes have another SHA-256");
    }
    return switch (publishing.keep(sha256, bytes)) {
      case NEW -> answer(CREATED, sha256);
      case KNOWN -> answer(OK, sha256);
      case UNWANTED -> throw HttpRefusal.notFound("no upload waits for this piece");
      case WRONG_LENGTH ->
          throw HttpRefusal.badRequest("tampered: this piece was signed with another length");
    };
  }

  private static Answer answer(int status, String sha256) {
    return Answer.json(status, Map.of("sha256", sha256));
  }
}
