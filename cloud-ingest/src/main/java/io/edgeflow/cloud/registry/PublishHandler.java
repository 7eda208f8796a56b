package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.query.Overload;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code POST /api/v1/models/{name}/versions}: 201 published, 200 was so, 202 pieces are missing.
 */
final class PublishHandler implements Handler {
  /** Named at once; the others when these are here. */
  private static final int MOST_NAMED = 4_096;

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final Publishing publishing;

  PublishHandler(Publishing publishing) {
    this.publishing = publishing;
  }

  /**
   * @param missing SHA-256 of pieces, each to be put; not all of them if there are very many
   * @param pieces how many are missing
   * @param bytes of all that are missing
   */
  record Missing(String digest, List<String> missing, int pieces, long bytes) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    return switch (publishing.publish(request.segment("name"), request.body())) {
      case Publishing.Published(Versions.Version version, boolean isNew) ->
          Answer.json(isNew ? CREATED : OK, Told.of(version));
      case Publishing.Incomplete(String digest, List<Uploads.Piece> pieces) ->
          Answer.json(
              ACCEPTED,
              new Missing(
                  digest,
                  pieces.stream().limit(MOST_NAMED).map(Uploads.Piece::sha256).toList(),
                  pieces.size(),
                  pieces.stream().mapToLong(Uploads.Piece::length).sum()));
    };
  }

  /**
   * A version as it is told.
   *
   * @param published milliseconds since the epoch
   */
  record Told(
      String model,
      String kind,
      String version,
      long number,
      String digest,
      long bytes,
      String publisher,
      long published) {
    static Told of(Versions.Version version) {
      PublishedBundle bundle = version.bundle();
      return new Told(
          bundle.model(),
          Versions.word(bundle.kind()),
          bundle.version(),
          bundle.number(),
          bundle.digest(),
          bundle.bytes(),
          version.publisher(),
          version.published());
    }
  }
}
