package io.edgeflow.inference.bundle;

import io.edgeflow.inference.bundle.BundleFolder.RefusedException;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.StatementCheck;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs bundles and tells whether somebody vouches for one. Blocks while it reads. */
public final class BundleTrust {
  private BundleTrust() {}

  /**
   * What is to be signed of a bundle.
   *
   * @param notAfter when it is not to be taken any more; empty for never
   * @throws IOException if a file cannot be read, or is not the one that the bundle was read with
   */
  public static Statement statement(
      Publishable bundle, long number, Instant signed, Optional<Instant> notAfter)
      throws IOException {
    List<Statement.SignedFile> files = new ArrayList<>();
    for (BundleFile file : bundle.files().values()) {
      files.add(
          new Statement.SignedFile(
              file.name(), file.length(), file.sha256(), pieces(bundle.folder(), file)));
    }
    return new Statement(
        Statement.SCHEMA,
        bundle.name(),
        bundle.version(),
        number,
        bundle.digest().hex(),
        Statement.CHUNK_BYTES,
        files,
        signed.toEpochMilli(),
        notAfter.map(Instant::toEpochMilli).orElse(0L));
  }

  /** As the other. */
  public static Statement statement(
      Bundle bundle, long number, Instant signed, Optional<Instant> notAfter) throws IOException {
    return statement(Publishable.of(bundle), number, signed, notAfter);
  }

  /** The text of {@code signatures.json}. */
  public static String sign(Statement statement, SigningKey key) {
    return statement.envelope().signedBy(key).text();
  }

  /** As the other. */
  public static StatementCheck.Verdict check(Bundle bundle, StatementCheck check, long floor) {
    return check(Publishable.of(bundle), check, floor);
  }

  /** Whether a publisher that counts vouches for a bundle, under its own name and version. */
  public static StatementCheck.Verdict check(Publishable bundle, StatementCheck check, long floor) {
    byte[] signatures;
    try {
      signatures = signatures(bundle.folder());
    } catch (RefusedException unreadable) {
      return refused(Reason.UNREADABLE, unreadable.refusal().toString());
    }
    StatementCheck.Verdict verdict = check.check(signatures, bundle.digest().hex(), floor);
    if (verdict instanceof StatementCheck.Trusted(Statement said, String signer)
        && !(said.model().equals(bundle.name()) && said.version().equals(bundle.version()))) {
      return refused(
          Reason.TAMPERED, signer + " signed it as " + said.model() + " " + said.version());
    }
    return verdict;
  }

  /**
   * The text of {@code signatures.json} if it is about just this bundle; whether its signatures
   * count is not asked.
   */
  public static Optional<Signed> signed(Publishable bundle) {
    try {
      byte[] text = signatures(bundle.folder());
      if (text.length > 0
          && Envelope.read(text, Bundle.SIGNATURES_FILE)
              instanceof Document.Good<Envelope>(Envelope envelope)
          && !envelope.signatures().isEmpty()
          && Statement.read(envelope) instanceof Document.Good<Statement>(Statement said)
          && said.digest().equals(bundle.digest().hex())) {
        return Optional.of(new Signed(said, text));
      }
    } catch (RefusedException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * @param text of {@code signatures.json}
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  public record Signed(Statement statement, byte[] text) {
    /** Whether one of the signatures is by this key. */
    public boolean isBy(VerifyingKey key) {
      return Envelope.read(text, Bundle.SIGNATURES_FILE)
              instanceof Document.Good<Envelope>(Envelope envelope)
          && envelope.signer(Statement.TYPE, List.of(key)).isPresent();
    }
  }

  private static byte[] signatures(Path folder) throws RefusedException {
    if (!Files.exists(folder.resolve(Bundle.SIGNATURES_FILE), LinkOption.NOFOLLOW_LINKS)) {
      return new byte[0];
    }
    return new BundleFolder(folder, BundleLimits.STANDARD).document(Bundle.SIGNATURES_FILE).bytes();
  }

  private static List<String> pieces(Path folder, BundleFile file) throws IOException {
    List<String> hashes = new ArrayList<>();
    MessageDigest whole = Sha256.start();
    try (InputStream in =
        Files.newInputStream(folder.resolve(file.name()), LinkOption.NOFOLLOW_LINKS)) {
      for (byte[] piece = in.readNBytes(Statement.CHUNK_BYTES);
          piece.length > 0;
          piece = in.readNBytes(Statement.CHUNK_BYTES)) {
        hashes.add(Sha256.hex(piece));
        whole.update(piece);
      }
    }
    if (!Sha256.hex(whole, new byte[0]).equals(file.sha256())) {
      throw new IOException(file.name() + " has changed while it was read");
    }
    return hashes;
  }

  private static StatementCheck.Verdict refused(Reason reason, String detail) {
    return new StatementCheck.Refused(new TrustRefusal(reason, detail));
  }
}
