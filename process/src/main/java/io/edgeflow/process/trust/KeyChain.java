package io.edgeflow.process.trust;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All key documents from the first one on, in one file, so that whoever has only the first root can
 * follow how keys changed. Each document is signed by a root that the one before names; the first
 * by the root that is pinned. So a root can be replaced, and one that is lost is lost (rule R5).
 *
 * @param chain the oldest first
 */
public record KeyChain(List<Envelope> chain) {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_VALUES = 50_000;

  public KeyChain {
    chain = List.copyOf(chain);
    new Check().that(!chain.isEmpty(), "chain", "must have a document").orRefuse();
  }

  /** What came of a chain. */
  public sealed interface Read {}

  /**
   * @param newest what counts
   */
  public record Good(KeyChain chain, KeyDocument newest) implements Read {}

  public record Refused(TrustRefusal refusal) implements Read {}

  /** The first document: a root, and nobody else yet. */
  public static KeyChain begin(SigningKey root) {
    var first =
        new KeyDocument(KeyDocument.SCHEMA, 1, List.of(root.verifying()), Map.of(), Map.of());
    return new KeyChain(List.of(envelope(first, root)));
  }

  /**
   * The next document.
   *
   * @param root one of those that the newest document names
   */
  public KeyChain then(KeyDocument next, SigningKey root) {
    List<Envelope> longer = new ArrayList<>(chain);
    longer.add(envelope(next, root));
    return new KeyChain(longer);
  }

  private static Envelope envelope(KeyDocument document, SigningKey root) {
    return Envelope.around(KeyDocument.TYPE, Documents.write(document)).signedBy(root);
  }

  public String text() {
    return Documents.write(this);
  }

  /**
   * Follows a chain. Never throws, whatever the bytes.
   *
   * @param pinned the root that signed the first document
   * @param floor the number of the newest document that was seen before; 0 for none
   */
  public static Read read(byte[] json, VerifyingKey pinned, int floor) {
    if (json.length > MAX_BYTES) {
      return refused(Reason.UNREADABLE, "it has more than " + MAX_BYTES + " bytes");
    }
    return switch (Documents.read(KeyChain.class, json, "keys.json", MAX_VALUES)) {
      case Document.Faulty<KeyChain>(List<Fault> faults) ->
          refused(Reason.UNREADABLE, faults.getFirst().toString());
      case Document.Good<KeyChain>(KeyChain read) -> read.follow(pinned, floor);
    };
  }

  private Read follow(VerifyingKey pinned, int floor) {
    List<VerifyingKey> roots = List.of(pinned);
    Optional<KeyDocument> newest = Optional.empty();
    for (Envelope link : chain) {
      int number = newest.map(KeyDocument::number).orElse(0) + 1;
      if (link.signer(KeyDocument.TYPE, roots).isEmpty()) {
        return refused(
            Reason.UNKNOWN_SIGNER,
            number == 1
                ? "keys.json begins with another root than the pinned one (deploy.root)"
                : "key document " + number + " is signed by no root before it");
      }
      switch (Documents.read(KeyDocument.class, link.content(), "keys.json", MAX_VALUES)) {
        case Document.Faulty<KeyDocument>(List<Fault> faults) -> {
          return refused(Reason.UNREADABLE, faults.getFirst().toString());
        }
        case Document.Good<KeyDocument>(KeyDocument document) -> {
          if (document.number() != number) {
            return refused(
                Reason.TAMPERED, "key document " + document.number() + " stands at " + number);
          }
          roots = document.roots();
          newest = Optional.of(document);
        }
      }
    }
    KeyDocument last = newest.orElseThrow();
    return last.number() < floor
        ? refused(
            Reason.DOWNGRADED,
            "its newest key document is " + last.number() + ", number " + floor + " was seen")
        : new Good(this, last);
  }

  private static Read refused(Reason reason, String detail) {
    return new Refused(new TrustRefusal(reason, detail));
  }
}
