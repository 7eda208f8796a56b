package io.edgeflow.gateway.bundles;

import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.StatementCheck;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Whether somebody who counts vouches for a bundle now. Any thread.
 *
 * @param now the time of day if the clock is believed; without, nothing has expired (rule R5)
 */
record Trust(KeyRing keys, Supplier<Optional<Instant>> now) {
  /**
   * @param signatures the bytes of {@code signatures.json}, whoever they are from
   * @param floor by model the least number that is taken
   */
  SignedBundle check(byte[] signatures, String digest, ToLongFunction<String> floor)
      throws LinkFailure, NotTrustedException {
    StatementCheck check = check();
    Statement said = trusted(check.check(signatures, digest, 0)).statement();
    var trusted = trusted(check.check(signatures, digest, floor.applyAsLong(said.model())));
    if (said.bytes() > BundleFiles.MAX_TOTAL) {
      throw new NotTrustedException(
          new TrustRefusal(Reason.UNREADABLE, "its files are longer than any bundle may be"));
    }
    return new SignedBundle(signatures, said, trusted.signer());
  }

  /** As the other, after a look for newer keys where nobody is known who signed it. */
  SignedBundle checkAnew(
      byte[] signatures, String digest, ToLongFunction<String> floor, BooleanSupplier stop)
      throws LinkFailure, NotTrustedException, StoppedException {
    keys.refresh(1, stop); // Where none are known yet.
    try {
      return check(signatures, digest, floor);
    } catch (NotTrustedException unknown) {
      int before = keys.number();
      if (unknown.refusal().reason() == Reason.UNKNOWN_SIGNER) {
        keys.refresh(before + 1, stop);
      }
      if (keys.number() == before) {
        throw unknown;
      }
      return check(signatures, digest, floor);
    }
  }

  private static StatementCheck.Trusted trusted(StatementCheck.Verdict verdict)
      throws NotTrustedException {
    return switch (verdict) {
      case StatementCheck.Trusted trusted -> trusted;
      case StatementCheck.Refused(TrustRefusal refusal) -> throw new NotTrustedException(refusal);
    };
  }

  /**
   * By the keys and the time of now.
   *
   * @throws LinkFailure if no keys are known: nobody is to blame, and they may come yet
   */
  StatementCheck check() throws LinkFailure {
    Optional<KeyDocument> newest = keys.newest();
    if (newest.isEmpty()) {
      throw new LinkFailure("gives no keys that go on from the pinned root");
    }
    return new StatementCheck(newest.get(), now.get());
  }
}
