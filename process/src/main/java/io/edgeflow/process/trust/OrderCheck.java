package io.edgeflow.process.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a controller that counts signed what an edge is to do.
 *
 * @param keys the newest key document
 * @param now if the clock is believed; without one, no key has expired (rule R5)
 */
public record OrderCheck(KeyDocument keys, Optional<Instant> now) {
  /** What came of it. */
  public sealed interface Verdict {}

  /**
   * @param payload to be parsed; just this was signed
   * @param signer the controller's name
   */
  public record Trusted(String payload, String signer) implements Verdict {}

  public record Refused(TrustRefusal refusal) implements Verdict {}

  /**
   * Never throws, whatever the bytes.
   *
   * @param signed an envelope
   * @param type what the payload must be
   * @param most how many bytes are read
   */
  public Verdict check(byte[] signed, String type, int most) {
    if (signed.length > most) {
      return refused(Reason.UNREADABLE, "it has more than " + most + " bytes");
    }
    return switch (Envelope.read(signed, "the document", most)) {
      case Document.Faulty<Envelope>(List<Fault> faults) ->
          refused(Reason.UNREADABLE, faults.getFirst().toString());
      case Document.Good<Envelope>(Envelope envelope) -> check(envelope, type);
    };
  }

  private Verdict check(Envelope envelope, String type) {
    if (envelope.signatures().isEmpty()) {
      return refused(Reason.UNSIGNED, "nobody signed it");
    }
    List<Map.Entry<String, Publisher>> signers =
        keys.controllers().entrySet().stream()
            .filter(one -> envelope.signer(type, List.of(one.getValue().key())).isPresent())
            .sorted(Map.Entry.comparingByKey())
            .toList();
    if (signers.isEmpty()) {
      return refused(
          Reason.UNKNOWN_SIGNER,
          "key document " + keys.number() + " knows no controller who signed exactly this");
    }
    return signers.stream()
        .filter(one -> !isPast(one.getValue().notAfter()))
        .findFirst()
        .<Verdict>map(one -> new Trusted(new String(envelope.content(), UTF_8), one.getKey()))
        .orElseGet(
            () -> refused(Reason.EXPIRED, "the key of " + signers.getFirst().getKey() + " is"));
  }

  private boolean isPast(long notAfter) {
    return notAfter > 0 && now.isPresent() && now.get().isAfter(Instant.ofEpochMilli(notAfter));
  }

  private static Verdict refused(Reason reason, String detail) {
    return new Refused(new TrustRefusal(reason, detail));
  }
}
