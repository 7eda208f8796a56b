package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of bundles that are on their way, and of the pieces that they are made of. Stateless.
 */
final class Uploads {
  private static final String BEGIN =
      """
      insert into bundle (digest, model, version, number, chunk_size, bytes, signatures, signer, touched)
      values (?, ?, ?, ?, ?, ?, ?, ?, 'epoch'::timestamptz + ? * interval '1 millisecond')
      """;
  private static final String ADD_FILE =
      "insert into bundle_file (digest, name, length, sha256) values (?, ?, ?, ?)";
  private static final String ADD_CHUNK =
      "insert into bundle_chunk (digest, name, position, sha256, length) values (?, ?, ?, ?, ?)";
  private static final String CONTINUE =
      """
      update bundle set signatures = ?, signer = ?, number = ?,
        touched = 'epoch'::timestamptz + ? * interval '1 millisecond'
      where digest = ? and not complete
      """;

  /** Each once, though files may share it. */
  private static final String MISSING =
      """
      select distinct c.sha256, c.length
      from bundle_chunk c
      where c.digest = ? and not exists (select from chunk k where k.sha256 = c.sha256)
      order by c.sha256
      """;

  private static final String FALSE_LENGTH =
      """
      select c.name
      from bundle_chunk c join chunk k on k.sha256 = c.sha256
      where c.digest = ? and octet_length(k.bytes) <> c.length
      """;
  private static final String IS_THERE = "select 1 from chunk where sha256 = ?";
  private static final String WANTED =
      """
      select c.length, b.digest
      from bundle_chunk c join bundle b using (digest)
      where c.sha256 = ? and not b.complete
      """;
  private static final String KEEP =
      "insert into chunk (sha256, bytes) values (?, ?) on conflict do nothing";

  /** Not at every piece: a row that changes thousands of times leaves as many dead ones. */
  private static final String TOUCH =
      """
      update bundle set touched = now.t
      from (select 'epoch'::timestamptz + ? * interval '1 millisecond' as t) now
      where digest = ? and not complete and touched < now.t - interval '10 minutes'
      """;

  private static final String DROP = "delete from bundle where digest = ? and not complete";
  private static final String DROP_OLD =
      """
      delete from bundle
      where not complete and touched < 'epoch'::timestamptz + ? * interval '1 millisecond'
      """;
  private static final String DROP_LOOSE_CHUNKS =
      """
      delete from chunk k
      where not exists (select from bundle_chunk c where c.sha256 = k.sha256)
      """;
  private static final String PENDING =
      "select count(*), coalesce(sum(bytes), 0) from bundle where not complete";

  private Uploads() {}

  /**
   * @param length in bytes
   */
  record Piece(String sha256, int length) {}

  /** What lies here that nobody has published. */
  record Pending(int uploads, long bytes) {}

  /** What became of a piece that came in. */
  enum Kept {
    NEW,
    KNOWN,
    UNWANTED,
    WRONG_LENGTH
  }

  static Pending pending(Connection connection) throws SQLException {
    return Sql.first(connection, PENDING, row -> new Pending(row.getInt(1), row.getLong(2)))
        .orElseThrow();
  }

  static void begin(
      Connection connection, Statement said, byte[] signatures, String signer, long millis)
      throws SQLException {
    Sql.run(
        connection,
        BEGIN,
        said.digest(),
        said.model(),
        said.version(),
        said.number(),
        said.chunkSize(),
        said.bytes(),
        signatures,
        signer,
        millis);
    for (SignedFile file : said.files()) {
      Sql.run(connection, ADD_FILE, said.digest(), file.name(), file.length(), file.sha256());
      addChunks(connection, said, file);
    }
    if (Sql.first(connection, FALSE_LENGTH, row -> row.getString(1), said.digest()).isPresent()) {
      throw Refusals.tampered("a piece has not the length that was signed");
    }
  }

  private static void addChunks(Connection connection, Statement said, SignedFile file)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_CHUNK)) {
      long left = file.length();
      for (int i = 0; i < file.chunks().size(); i++) {
        int length = (int) Math.min(said.chunkSize(), left);
        left -= length;
        insert.setString(1, said.digest());
        insert.setString(2, file.name());
        insert.setInt(3, i);
        insert.setString(4, file.chunks().get(i));
        insert.setInt(5, length);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Somebody goes on, perhaps with newer signatures; false if there is no such upload. */
  static boolean proceed(
      Connection connection, Statement said, byte[] signatures, String signer, long millis)
      throws SQLException {
    return Sql.run(connection, CONTINUE, signatures, signer, said.number(), millis, said.digest())
        > 0;
  }

  static List<Piece> missing(Connection connection, String digest) throws SQLException {
    return Sql.rows(connection, MISSING, row -> new Piece(row.getString(1), row.getInt(2)), digest);
  }

  /** Keeps a piece if an upload waits for it. Its hash was checked. */
  static Kept keep(Connection connection, String sha256, byte[] bytes, long millis)
      throws SQLException {
    RegistryLock.shared(connection);
    if (Sql.first(connection, IS_THERE, row -> row.getInt(1), sha256).isPresent()) {
      return Kept.KNOWN;
    }
    Map<String, Integer> wanted = new HashMap<>();
    Sql.rows(connection, WANTED, row -> wanted.put(row.getString(2), row.getInt(1)), sha256);
    if (wanted.isEmpty()) {
      return Kept.UNWANTED;
    }
    if (!wanted.containsValue(bytes.length)) {
      return Kept.WRONG_LENGTH;
    }
    Sql.run(connection, KEEP, sha256, bytes);
    for (String digest : wanted.keySet()) {
      Sql.run(connection, TOUCH, millis, digest);
    }
    return Kept.NEW;
  }

  /** Forgets an upload that can never become a bundle. */
  static int drop(Connection connection, String digest) throws SQLException {
    RegistryLock.alone(connection);
    Sql.run(connection, DROP, digest);
    return Sql.run(connection, DROP_LOOSE_CHUNKS);
  }

  /** Clears away what nobody went on with. The lock is held. */
  static int dropOlder(Connection connection, long millis) throws SQLException {
    int dropped = Sql.run(connection, DROP_OLD, millis);
    if (dropped > 0) {
      Sql.run(connection, DROP_LOOSE_CHUNKS);
    }
    return dropped;
  }

  /** Whether the sizes are such as a bundle may have. */
  static void requireBounded(Statement said) {
    if (said.chunkSize() > Statement.CHUNK_BYTES) {
      throw Refusals.tooLarge("a piece has at most " + Statement.CHUNK_BYTES + " bytes");
    }
    if (said.bytes() > BundleFiles.MAX_TOTAL) {
      throw Refusals.tooLarge("a bundle has at most " + BundleFiles.MAX_TOTAL + " bytes");
    }
    long manifest =
        said.files().stream()
            .filter(file -> file.name().equals(BundleFiles.MANIFEST))
            .mapToLong(SignedFile::length)
            .findFirst()
            .orElseThrow(() -> Refusals.tampered("it has no " + BundleFiles.MANIFEST));
    if (manifest > BundleFiles.MAX_MANIFEST) {
      throw Refusals.tooLarge("a manifest has at most " + BundleFiles.MAX_MANIFEST + " bytes");
    }
  }
}
