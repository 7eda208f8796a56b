package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.wire.document.PayloadKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of versions that were published, and what may follow them. Stateless. */
final class Versions {
  private static final String COLUMNS =
      """
      select v.kind, v.model, v.version, v.number, v.digest, b.bytes, v.publisher,
        (extract(epoch from v.published) * 1000)::bigint
      from model_version v join bundle b using (digest)
      """;
  private static final String BY_DIGEST = COLUMNS + "where v.digest = ?";
  private static final String BY_VERSION = COLUMNS + "where v.model = ? and v.version = ?";

  /** The newest of the others. */
  private static final String NEWEST_OTHER =
      COLUMNS + "where v.model = ? and v.digest <> ? order by v.number desc limit 1";

  private static final String PUBLISH =
      """
      insert into model_version (model, version, kind, number, digest, publisher, published)
      values (?, ?, ?, ?, ?, ?, 'epoch'::timestamptz + ? * interval '1 millisecond')
      """;
  private static final String COMPLETE = "update bundle set complete = true where digest = ?";
  private static final String SIGN_AGAIN =
      "update bundle set signatures = ?, signer = ?, number = ? where digest = ?";
  private static final String NUMBER_AGAIN =
      "update model_version set number = ?, publisher = ? where digest = ?";

  private Versions() {}

  /**
   * @param published milliseconds since the epoch
   */
  record Version(PublishedBundle bundle, String publisher, long published) {}

  static Optional<Version> byDigest(Connection connection, String digest) throws SQLException {
    return Sql.first(connection, BY_DIGEST, Versions::version, digest);
  }

  static Optional<Version> byVersion(Connection connection, String model, String version)
      throws SQLException {
    return Sql.first(connection, BY_VERSION, Versions::version, model, version);
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        new PublishedBundle(
            PayloadKind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
            row.getString(2),
            row.getString(3),
            row.getLong(4),
            row.getString(5),
            row.getLong(6)),
        row.getString(7),
        row.getLong(8));
  }

  /**
   * Whether a version may come after those that are there: its name is free, its number the
   * highest.
   */
  static void requireNext(Connection connection, Statement said) throws SQLException {
    Optional<Version> same = byVersion(connection, said.model(), said.version());
    if (same.isPresent() && !same.get().bundle().digest().equals(said.digest())) {
      throw Refusals.conflict(
          "immutable",
          "%s %s was published as %s and stays that: give this one another version"
              .formatted(said.model(), said.version(), same.get().bundle().digest()));
    }
    Optional<Version> newest = newestOther(connection, said);
    if (newest.isPresent() && said.number() <= newest.get().bundle().number()) {
      throw Refusals.downgraded(
          "it is number %d of %s, and %s has number %d already: sign it again"
              .formatted(
                  said.number(),
                  said.model(),
                  newest.get().bundle().version(),
                  newest.get().bundle().number()));
    }
  }

  private static Optional<Version> newestOther(Connection connection, Statement said)
      throws SQLException {
    return Sql.first(connection, NEWEST_OTHER, Versions::version, said.model(), said.digest());
  }

  /** Publishes what is whole. The lock is held, and nothing was published meanwhile. */
  static void publish(
      Connection connection, PayloadKind kind, Statement said, String signer, long millis)
      throws SQLException {
    requireNext(connection, said);
    Optional<Version> other = newestOther(connection, said);
    if (other.isPresent() && other.get().bundle().kind() != kind) {
      throw Refusals.conflict(
          "kind",
          "%s is of the kind %s: give this another name"
              .formatted(said.model(), word(other.get().bundle().kind())));
    }
    Sql.run(
        connection,
        PUBLISH,
        said.model(),
        said.version(),
        word(kind),
        said.number(),
        said.digest(),
        signer,
        millis);
    Sql.run(connection, COMPLETE, said.digest());
    note(connection, millis, signer, "publish", said);
  }

  /** The same bundle, vouched for anew: where the first publisher counts no longer. */
  static void signAgain(
      Connection connection, Statement said, byte[] signatures, String signer, long millis)
      throws SQLException {
    requireNext(connection, said);
    Sql.run(connection, SIGN_AGAIN, signatures, signer, said.number(), said.digest());
    Sql.run(connection, NUMBER_AGAIN, said.number(), signer, said.digest());
    note(connection, millis, signer, "sign-again", said);
  }

  private static void note(
      Connection connection, long millis, String signer, String what, Statement said)
      throws SQLException {
    Audit.note(
        connection,
        millis,
        signer,
        what,
        said.model(),
        Map.of("version", said.version(), "number", said.number(), "digest", said.digest()));
  }

  static String word(PayloadKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
