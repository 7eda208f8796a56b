package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Digests;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Puts a document together and signs it. Asks the database for keys only. */
final class Composer {
  private final Authority authority;
  private final InstantSource clock;

  Composer(Authority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Result {}

  /**
   * @param digest of the payload
   * @param signed the envelope's text
   */
  record Composed(long number, String digest, String payload, String signed) implements Result {}

  /**
   * @param reason and what can be done
   */
  record Refused(String reason) implements Result {}

  /** The document with the number after those that are taken. */
  Result compose(Parts parts) throws SQLException {
    Instant now = clock.instant();
    Optional<String> objection = authority.objection(now);
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    Map<String, Long> needed = parts.floors().needed();
    if (Math.max(parts.disabled().size(), parts.slots().size()) > Desired.MAX_ENTRIES
        || Math.max(parts.forgiven().size(), needed.size()) > Desired.MAX_ENTRIES) {
      return new Refused("a document names no more than " + Desired.MAX_ENTRIES + " of a kind");
    }
    if (parts.above() < 0 || parts.above() == Long.MAX_VALUE) {
      return new Refused(
          "the edge says that it follows the last of all numbers: no number is above");
    }
    int denied = Math.min(parts.denied().size(), Desired.MAX_ENTRIES);
    Optional<Composed> whole = compose(parts, now, denied, parts.floors().all());
    // Whoever forgot what it refused is protected here too, so the oldest may be left out.
    for (int back = denied; whole.isEmpty() && back >= 0; back--) {
      whole = compose(parts, now, back, needed);
    }
    if (whole.isPresent()) {
      return whole.get();
    }
    return new Refused(
        "the document would have more than %d bytes: let the edge have fewer slots, or enable models that need not be disabled"
            .formatted(Desired.MAX_SIGNED_BYTES));
  }

  /** Empty if it is too long. */
  private Optional<Composed> compose(
      Parts parts, Instant now, int givenBack, Map<String, Long> floors) throws SQLException {
    Desired document = parts.document(authority.audience(), now.toEpochMilli(), givenBack, floors);
    String payload = document.text();
    String signed = authority.sign(Desired.TYPE, payload);
    return signed.getBytes(UTF_8).length <= Desired.MAX_SIGNED_BYTES
        ? Optional.of(new Composed(document.number(), Digests.of(payload), payload, signed))
        : Optional.empty();
  }
}
