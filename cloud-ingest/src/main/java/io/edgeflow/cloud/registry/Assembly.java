package io.edgeflow.cloud.registry;

import static java.util.stream.Collectors.toSet;

import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.ManifestHead;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.wire.document.PayloadKind;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Looks at what lies here before it is published: whether the pieces make the files that were
 * signed, and the manifest says what was signed. Never holds more than a few pieces.
 */
final class Assembly {
  private static final int PIECES_AT_ONCE = 4;

  private static final Set<String> NEEDED =
      Set.of(BundleFiles.MANIFEST, "model.onnx", "golden.json");

  private static final String UNCHECKED =
      "select name, length, sha256 from bundle_file where digest = ? and not checked order by name";
  private static final String CHECKED =
      "update bundle_file set checked = true where digest = ? and name = ?";
  private static final String PIECES =
      """
      select k.bytes
      from bundle_chunk c join chunk k on k.sha256 = c.sha256
      where c.digest = ? and c.name = ?
      order by c.position
      """;

  private final Reads reads;

  /**
   * @param reads must let its questions write; they may take as long as reading 1 GiB does
   */
  Assembly(Reads reads) {
    this.reads = reads;
  }

  /**
   * What kind of bundle it is. A file that was found in order is not read again if the next is not.
   *
   * @throws HttpRefusal if it can never be published
   */
  PayloadKind check(Statement said) throws SQLException, Overload {
    for (BundleFiles.Entry file : unchecked(said)) {
      reads.ask(
          connection -> {
            requireWhole(connection, said.digest(), file);
            return Sql.run(connection, CHECKED, said.digest(), file.name());
          });
    }
    byte[] manifest = manifest(said);
    if (isApplication(said, manifest)) {
      if (ApplicationManifest.read(manifest)
          instanceof Document.Good<ApplicationManifest>(ApplicationManifest program)) {
        requireFiles(said, program.file().stream().toList());
      }
      return PayloadKind.APPLICATION;
    }
    requireFiles(said, NEEDED);
    return PayloadKind.MODEL;
  }

  private List<BundleFiles.Entry> unchecked(Statement said) throws SQLException, Overload {
    return reads.ask(
        connection ->
            Sql.rows(
                connection,
                UNCHECKED,
                row -> new BundleFiles.Entry(row.getString(1), row.getLong(2), row.getString(3)),
                said.digest()));
  }

  private static void requireWhole(Connection connection, String digest, BundleFiles.Entry file)
      throws SQLException {
    MessageDigest whole = sha256();
    long length = 0;
    try (PreparedStatement select = connection.prepareStatement(PIECES)) {
      select.setFetchSize(PIECES_AT_ONCE);
      select.setString(1, digest);
      select.setString(2, file.name());
      try (ResultSet pieces = select.executeQuery()) {
        while (pieces.next()) {
          byte[] piece = pieces.getBytes(1);
          whole.update(piece);
          length += piece.length;
        }
      }
    }
    if (length != file.length()
        || !HexFormat.of().formatHex(whole.digest()).equals(file.sha256())) {
      throw Refusals.tampered("the pieces of " + file.name() + " do not make the file");
    }
  }

  private byte[] manifest(Statement said) throws SQLException, Overload {
    return reads.ask(
        connection -> {
          var whole = new ByteArrayOutputStream();
          Sql.rows(connection, PIECES, row -> row.getBytes(1), said.digest(), BundleFiles.MANIFEST)
              .forEach(whole::writeBytes);
          return whole.toByteArray();
        });
  }

  private static boolean isApplication(Statement said, byte[] manifest) {
    ManifestHead head;
    try {
      head = ManifestHead.parse(manifest);
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(BundleFiles.MANIFEST + ": " + broken.getMessage());
    }
    if (!head.name().equals(said.model()) || !head.version().equals(said.version())) {
      throw Refusals.tampered(
          "it was signed as %s %s, its manifest says %s %s"
              .formatted(said.model(), said.version(), head.name(), head.version()));
    }
    return head.isApplication();
  }

  private static void requireFiles(Statement said, Collection<String> names) {
    Set<String> there = said.files().stream().map(Statement.SignedFile::name).collect(toSet());
    for (String name : names) {
      if (!there.contains(name)) {
        throw HttpRefusal.badRequest("the bundle has no file " + name);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
