package io.edgeflow.cloud.deploy;

import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.VerifyingKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * In whose name this cloud tells edges what to run. Thread-safe.
 *
 * @param audience whose edges they are
 * @param key of a controller; without one nothing is signed
 */
public record Authority(String audience, Optional<SigningKey> key, Keys keys) {
  public Authority {
    keys = new RememberedKeys(keys);
  }

  /** Whose keys count. */
  @FunctionalInterface
  public interface Keys {
    /** Blocks for the database. Empty if there are none yet. */
    Optional<KeyDocument> newest() throws SQLException;

    /** As the other, and nothing that was remembered: somebody may have posted keys just now. */
    default Optional<KeyDocument> newestNow() throws SQLException {
      return newest();
    }
  }

  /** Why edges would not listen to this cloud, and what can be done; empty if they would. */
  Optional<String> objection(Instant now) throws SQLException {
    if (key.isEmpty()) {
      return Optional.of(
          "this cloud has no key to sign with: set deploy.signingKey to the NAME.key of a"
              + " controller");
    }
    Optional<String> remembered = objection(key.get(), keys.newest(), now);
    return remembered.isEmpty() ? remembered : objection(key.get(), keys.newestNow(), now);
  }

  private static Optional<String> objection(
      SigningKey key, Optional<KeyDocument> newest, Instant now) {
    if (newest.isEmpty()) {
      return Optional.of(
          "this cloud knows no key document: publish a model, or post keys.json to /api/v1/keys");
    }
    VerifyingKey own = key.verifying();
    Optional<KeyDocument.Publisher> known =
        newest.get().controllers().values().stream()
            .filter(controller -> controller.key().equals(own))
            .findFirst();
    if (known.isEmpty()) {
      return Optional.of(
          "deploy.signingKey (%s) is no controller of key document %d: name it with `edgeflow model keygen`, and post the longer keys.json"
              .formatted(own.id(), newest.get().number()));
    }
    long notAfter = known.get().notAfter();
    return notAfter > 0 && now.toEpochMilli() > notAfter
        ? Optional.of("the controller's key expired at " + Instant.ofEpochMilli(notAfter))
        : Optional.empty();
  }

  /** Number of the newest key document; 0 for none. */
  int keysNumber() throws SQLException {
    return keys.newest().map(KeyDocument::number).orElse(0);
  }

  /** The envelope's text. Needs a key. */
  String sign(String type, String payload) {
    return Envelope.around(type, payload).signedBy(key.orElseThrow()).text();
  }
}
