package io.edgeflow.cloud.registry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Download;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.wire.document.Digests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What edges fetch: a bundle's description, and each of its files. Published ones only. */
final class BundleHandlers {
  private static final String FILES =
      "select name, length, sha256 from bundle_file where digest = ? order by name collate \"C\"";
  private static final String FILE =
      """
      select f.length, f.sha256, b.chunk_size
      from bundle_file f join bundle b using (digest)
      where f.digest = ? and f.name = ? and b.complete
      """;
  private static final String SIGNATURES =
      "select signatures from bundle where digest = ? and complete";
  private static final String PIECE =
      """
      select substring(k.bytes from ?)
      from bundle_chunk c join chunk k on k.sha256 = c.sha256
      where c.digest = ? and c.name = ? and c.position = ?
      """;

  private static final Map<String, String> FOREVER =
      Map.of("cache-control", "max-age=31536000, immutable");

  /** Somebody else may sign the same bundle. */
  private static final Map<String, String> ASK_AGAIN = Map.of("cache-control", "no-cache");

  private final Reads reads;

  BundleHandlers(Reads reads) {
    this.reads = reads;
  }

  record File(String name, long length, String sha256) {}

  record Described(@JsonUnwrapped PublishHandler.Told version, List<File> files) {}

  private record Stored(long length, String sha256, int chunkSize) {}

  /** {@code GET /api/v1/bundles/{digest}}. */
  Answer describe(Request request) throws SQLException, Overload {
    String digest = request.segment("digest");
    return Answer.json(
        reads
            .ask(connection -> described(connection, digest))
            .orElseThrow(() -> HttpRefusal.notFound("no bundle of this digest was published")));
  }

  private static Optional<Described> described(Connection connection, String digest)
      throws SQLException {
    Optional<Versions.Version> version = Versions.byDigest(connection, digest);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    List<File> files =
        Sql.rows(
            connection,
            FILES,
            row -> new File(row.getString(1), row.getLong(2), row.getString(3)),
            digest);
    return Optional.of(new Described(PublishHandler.Told.of(version.get()), files));
  }

  /** {@code GET /api/v1/bundles/{digest}/{file}}. */
  Download file(Request request) throws SQLException, Overload {
    String digest = request.segment("digest");
    String name = request.segment("file");
    return name.equals(BundleFiles.SIGNATURES) ? signatures(digest) : file(digest, name);
  }

  private Download signatures(String digest) throws SQLException, Overload {
    byte[] text =
        reads
            .ask(connection -> Sql.first(connection, SIGNATURES, row -> row.getBytes(1), digest))
            .orElseThrow(BundleHandlers::none);
    return new Download(
        type(BundleFiles.SIGNATURES),
        Digests.of(text),
        text.length,
        ASK_AGAIN,
        offset -> Arrays.copyOfRange(text, (int) offset, text.length));
  }

  private Download file(String digest, String name) throws SQLException, Overload {
    Stored stored =
        reads
            .ask(
                connection ->
                    Sql.first(
                        connection,
                        FILE,
                        row -> new Stored(row.getLong(1), row.getString(2), row.getInt(3)),
                        digest,
                        name))
            .orElseThrow(BundleHandlers::none);
    return new Download(
        type(name),
        stored.sha256(),
        stored.length(),
        FOREVER,
        offset -> piece(digest, name, offset, stored.chunkSize()));
  }

  /** What is left of the piece that the offset lies in. */
  private byte[] piece(String digest, String name, long offset, int chunkSize)
      throws SQLException, Overload {
    int position = (int) (offset / chunkSize);
    int begin = (int) (offset % chunkSize) + 1;
    return reads
        .ask(
            connection ->
                Sql.first(connection, PIECE, row -> row.getBytes(1), begin, digest, name, position))
        .orElseThrow(() -> new SQLException("a piece of " + digest + " is gone"));
  }

  private static HttpRefusal none() {
    return HttpRefusal.notFound("no such file was published");
  }

  private static String type(String name) {
    return name.endsWith(".json") ? "application/json" : "application/octet-stream";
  }
}
