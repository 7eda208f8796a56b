package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.StatementCheck;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who vouches for a bundle, by the root that this service pins. The chain of keys comes from the
 * gateway, proves itself, and is kept, so that a gateway can neither shorten nor lose it.
 */
final class Trust {
  private static final int MAX_KEYS = 1 << 20;

  private final VerifyingKey root;
  private final Path kept;
  private final Supplier<Optional<Instant>> believed;

  /**
   * @param kept where the longest chain is kept
   * @param believed the time, if the clock is believed
   */
  Trust(VerifyingKey root, Path kept, Supplier<Optional<Instant>> believed) {
    this.root = root;
    this.kept = kept;
    this.believed = believed;
  }

  sealed interface Verdict {
    record Trusted(Statement statement, String signer, int keys) implements Verdict {}

    record Refused(String why) implements Verdict {}
  }

  /**
   * @param offered the gateway's chain, if it has one
   * @param keysFloor the highest number of a key document that was seen
   * @param floor the highest number of a bundle that proved itself
   */
  Verdict check(
      Optional<byte[]> offered, int keysFloor, byte[] signatures, String digest, long floor)
      throws IOException {
    return switch (chain(offered, keysFloor)) {
      case KeyChain.Refused(TrustRefusal why) -> new Verdict.Refused("keys: " + why);
      case KeyChain.Good(KeyChain chain, KeyDocument newest) -> {
        keep(chain);
        yield switch (new StatementCheck(newest, believed.get()).check(signatures, digest, floor)) {
          case StatementCheck.Refused(TrustRefusal why) -> new Verdict.Refused(why.toString());
          case StatementCheck.Trusted(Statement said, String signer) ->
              new Verdict.Trusted(said, signer, newest.number());
        };
      }
    };
  }

  /**
   * The gateway's chain if it goes on from the one that was kept, else that one: a root that is out
   * of office can still sign another way on from where it was in.
   */
  private KeyChain.Read chain(Optional<byte[]> offered, int floor) {
    KeyChain.Read theirs = KeyChain.read(offered.orElse(new byte[0]), root, floor);
    try {
      KeyChain.Read own = KeyChain.read(PlainFiles.read(kept, MAX_KEYS), root, floor);
      return own instanceof KeyChain.Good(KeyChain known, KeyDocument _) && !goesOn(theirs, known)
          ? own
          : theirs;
    } catch (IOException none) {
      return theirs;
    }
  }

  private static boolean goesOn(KeyChain.Read theirs, KeyChain known) {
    int length = known.chain().size();
    return theirs instanceof KeyChain.Good(KeyChain longer, KeyDocument _)
        && longer.chain().size() >= length
        && longer.chain().get(length - 1).payload().equals(known.chain().get(length - 1).payload());
  }

  private void keep(KeyChain chain) throws IOException {
    SyncedFiles.replace(kept, chain.text().getBytes(UTF_8));
  }
}
