package io.edgeflow.gateway.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Parsed;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads documents and says whether they count here. */
final class OrderDesk {
  private final String audience;
  private final String edge;
  private final KeySource keys;
  private final Supplier<Optional<Instant>> believed;

  /** What a document is. */
  sealed interface Order {}

  /**
   * @param digest of its text; what a report echoes
   */
  record Given(Desired desired, String digest) implements Order {}

  /** The keys that we know may be too old to judge it. */
  record UnknownSigner(TrustRefusal refusal) implements Order {}

  /**
   * @param why begins with a word for programs
   */
  record Refused(String why) implements Order {}

  /**
   * @param believed the time, if the clock is believed
   */
  OrderDesk(String audience, String edge, KeySource keys, Supplier<Optional<Instant>> believed) {
    this.audience = audience;
    this.edge = edge;
    this.keys = keys;
    this.believed = believed;
  }

  /** Never throws, whatever the bytes. */
  Order read(byte[] signed) {
    Optional<KeyDocument> newest = keys.newest();
    if (newest.isEmpty()) {
      return new UnknownSigner(
          new TrustRefusal(Reason.UNKNOWN_SIGNER, "no key document was fetched yet"));
    }
    return switch (new OrderCheck(newest.get(), believed.get())
        .check(signed, Desired.TYPE, Desired.MAX_SIGNED_BYTES)) {
      case OrderCheck.Refused(TrustRefusal refusal)
          when refusal.reason() == Reason.UNKNOWN_SIGNER ->
          new UnknownSigner(refusal);
      case OrderCheck.Refused(TrustRefusal refusal) -> new Refused(refusal.toString());
      case OrderCheck.Trusted(String payload, String signer) -> trusted(payload);
    };
  }

  private Order trusted(String payload) {
    return switch (Desired.parse(payload)) {
      case Parsed.Refused<Desired>(String reason) -> new Refused("unreadable: " + reason);
      case Parsed.Ok<Desired>(Desired desired) when !desired.audience().equals(audience) ->
          new Refused("foreign: it is for the edges of " + desired.audience());
      case Parsed.Ok<Desired>(Desired desired) when !desired.edge().equals(edge) ->
          new Refused("foreign: it is for " + desired.edge());
      case Parsed.Ok<Desired>(Desired desired) ->
          new Given(desired, Digests.of(payload.getBytes(UTF_8)));
    };
  }
}
