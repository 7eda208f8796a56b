package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.ManifestHead;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import io.edgeflow.process.trust.StatementCheck;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads a whole bundle back from the disk before it counts as one. Blocks while it reads. */
final class Readback {
  private static final int BUFFER = 64 * 1024;

  private final Disk disk;
  private final Path folder;
  private final SignedBundle signed;

  Readback(Disk disk, Path folder, SignedBundle signed) {
    this.disk = disk;
    this.folder = folder;
    this.signed = signed;
  }

  /** Name of the first file that is not what was signed; empty if all are. */
  Optional<String> damaged() throws IOException {
    for (SignedFile file : signed.statement().files()) {
      Path path = folder.resolve(file.name());
      if (disk.size(path) != file.length() || !hash(path).equals(file.sha256())) {
        return Optional.of(file.name());
      }
    }
    return Optional.empty();
  }

  private String hash(Path path) throws IOException {
    MessageDigest digest = Sha256.start();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (DiskFile in = disk.open(path)) {
      long at = 0;
      for (int n = in.read(buffer, at); n > 0; n = in.read(buffer, at)) {
        at += n;
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return Sha256.hex(digest);
  }

  /**
   * Why a bundle whose bytes are those that were signed is not to be taken all the same: it is not
   * in order, or is another version than the signature says, or its signer counts no longer.
   */
  Optional<TrustRefusal> refusal(StatementCheck check) throws IOException {
    Statement said = signed.statement();
    ManifestHead head;
    try {
      head = ManifestHead.parse(manifest());
    } catch (IllegalArgumentException none) {
      return Optional.of(new TrustRefusal(Reason.UNREADABLE, "its manifest: " + none.getMessage()));
    }
    if (!(head.name().equals(said.model()) && head.version().equals(said.version()))) {
      String signer = signed.signer();
      return Optional.of(
          new TrustRefusal(
              Reason.TAMPERED, signer + " signed it as " + said.model() + " " + said.version()));
    }
    return head.isApplication() ? Optional.empty() : model(check);
  }

  private Optional<TrustRefusal> model(StatementCheck check) {
    long number = signed.statement().number();
    return switch (new BundleReader(BundleLimits.STANDARD).read(folder)) {
      case BundleRead.Refused(BundleRefusal refusal) ->
          Optional.of(new TrustRefusal(Reason.UNREADABLE, refusal.toString()));
      case BundleRead.Good(Bundle bundle) ->
          BundleTrust.check(bundle, check, number)
                  instanceof StatementCheck.Refused(TrustRefusal refusal)
              ? Optional.of(refusal)
              : Optional.empty();
    };
  }

  private byte[] manifest() throws IOException {
    Path file = folder.resolve(BundleFiles.MANIFEST);
    return SmallFiles.read(disk, file, BundleFiles.MAX_MANIFEST).orElse(new byte[0]);
  }
}
