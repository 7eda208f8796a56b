package io.edgeflow.process.trust;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a publisher that counts vouches for a bundle.
 *
 * @param keys the newest key document
 * @param now if the clock is believed; without one, nothing has expired (rule R5)
 */
public record StatementCheck(KeyDocument keys, Optional<Instant> now) {
  private static final int MAX_BYTES = 1 << 20;

  /** What came of it. */
  public sealed interface Verdict {}

  /**
   * @param signer the publisher's name
   */
  public record Trusted(Statement statement, String signer) implements Verdict {}

  public record Refused(TrustRefusal refusal) implements Verdict {}

  /**
   * Whether a publisher that counts vouches for some bundle, whose files are still to come. Never
   * throws, whatever the bytes. Numbers are the caller's to compare.
   *
   * @param signatures the envelope
   */
  public Verdict check(byte[] signatures) {
    return check(signatures, _ -> true, 0);
  }

  /**
   * Never throws, whatever the bytes.
   *
   * @param signatures the envelope
   * @param digest of the bundle that is there
   * @param floor the highest number of this model that was taken before; 0 for none
   */
  public Verdict check(byte[] signatures, String digest, long floor) {
    return check(signatures, digest::equals, floor);
  }

  private Verdict check(byte[] signatures, Predicate<String> digest, long floor) {
    if (signatures.length == 0) {
      return refused(Reason.UNSIGNED, "nobody signed it");
    }
    if (signatures.length > MAX_BYTES) {
      return refused(Reason.UNREADABLE, "it has more than " + MAX_BYTES + " bytes");
    }
    return switch (Envelope.read(signatures, "signatures.json")) {
      case Document.Faulty<Envelope>(List<Fault> faults) ->
          refused(Reason.UNREADABLE, faults.getFirst().toString());
      case Document.Good<Envelope>(Envelope envelope) -> check(envelope, digest, floor);
    };
  }

  private Verdict check(Envelope envelope, Predicate<String> digest, long floor) {
    if (envelope.signatures().isEmpty()) {
      return refused(Reason.UNSIGNED, "nobody signed it");
    }
    List<Map.Entry<String, Publisher>> signers =
        keys.publishers().entrySet().stream()
            .filter(
                one -> envelope.signer(Statement.TYPE, List.of(one.getValue().key())).isPresent())
            .sorted(Map.Entry.comparingByKey())
            .toList();
    if (signers.isEmpty()) {
      return refused(
          Reason.UNKNOWN_SIGNER,
          "key document " + keys.number() + " knows nobody who signed exactly this");
    }
    return signers.stream()
        .filter(one -> !isPast(one.getValue().notAfter()))
        .findFirst()
        .map(one -> statement(envelope, one.getKey(), digest, floor))
        .orElseGet(
            () -> refused(Reason.EXPIRED, "the key of " + signers.getFirst().getKey() + " is"));
  }

  private Verdict statement(
      Envelope envelope, String signer, Predicate<String> digest, long floor) {
    return switch (Statement.read(envelope)) {
      case Document.Faulty<Statement>(List<Fault> faults) ->
          refused(Reason.UNREADABLE, faults.getFirst().toString());
      case Document.Good<Statement>(Statement said) -> judged(said, signer, digest, floor);
    };
  }

  private Verdict judged(Statement said, String signer, Predicate<String> digest, long floor) {
    if (!digest.test(said.digest())) {
      return refused(
          Reason.TAMPERED,
          signer + " signed a bundle of the digest " + said.digest() + ", not this");
    }
    if (!said.digest().equals(said.digestOfFiles())) {
      return refused(
          Reason.TAMPERED, "its digest " + said.digest() + " does not follow from its files");
    }
    if (isPast(said.notAfter())) {
      return refused(
          Reason.EXPIRED, "it was to be taken until " + Instant.ofEpochMilli(said.notAfter()));
    }
    if (said.number() < floor) {
      return refused(
          Reason.DOWNGRADED,
          "it is number " + said.number() + " of " + said.model() + ", " + floor + " was taken");
    }
    return new Trusted(said, signer);
  }

  private boolean isPast(long notAfter) {
    return notAfter > 0 && now.isPresent() && now.get().isAfter(Instant.ofEpochMilli(notAfter));
  }

  private static Verdict refused(Reason reason, String detail) {
    return new Refused(new TrustRefusal(reason, detail));
  }
}
