package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.StatementCheck;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.wire.document.PayloadKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a bundle gets here: who vouches for it says first what it is made of, then the pieces come
 * that are not here yet, in any order and however often the line breaks, then it is published.
 * Until then nobody sees it. Any thread; several processes may do so at once.
 */
final class Publishing {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

  private final Reads writes;
  private final Assembly assembly;
  private final Keys keys;
  private final UploadLimits limits;
  private final InstantSource clock;

  Publishing(Reads writes, Assembly assembly, Keys keys, UploadLimits limits, InstantSource clock) {
    this.writes = writes;
    this.assembly = assembly;
    this.keys = keys;
    this.limits = limits;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Outcome {}

  /**
   * @param isNew whether it was not here before
   */
  record Published(Versions.Version version, boolean isNew) implements Outcome {}

  /**
   * @param pieces all that are not here yet
   */
  record Incomplete(String digest, List<Uploads.Piece> pieces) implements Outcome {}

  /** What somebody vouches for. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  private record Signed(Statement statement, String signer, byte[] bytes) {}

  /**
   * Publishes, or says what is missing for it.
   *
   * @param model whose version it is to be
   * @throws HttpRefusal if it may not be
   */
  Outcome publish(String model, byte[] signatures) throws SQLException, Overload {
    Signed signed = trusted(signatures);
    Statement said = signed.statement();
    if (!said.model().equals(model)) {
      throw HttpRefusal.badRequest("it is signed as a version of " + said.model());
    }
    Uploads.requireBounded(said);
    Outcome begun = writes.ask(connection -> begin(connection, signed));
    return begun instanceof Incomplete(String _, List<Uploads.Piece> pieces) && pieces.isEmpty()
        ? complete(signed)
        : begun;
  }

  private Signed trusted(byte[] signatures) throws SQLException, Overload {
    KeyDocument newest = writes.ask(keys::required);
    return switch (new StatementCheck(newest, Optional.of(clock.instant())).check(signatures)) {
      case StatementCheck.Refused(TrustRefusal refusal) -> throw Refusals.untrusted(refusal);
      case StatementCheck.Trusted(Statement said, String signer) ->
          new Signed(said, signer, signatures);
    };
  }

  private Outcome begin(Connection connection, Signed signed) throws SQLException {
    RegistryLock.alone(connection);
    Statement said = signed.statement();
    tidy(connection);
    Optional<Versions.Version> there = Versions.byDigest(connection, said.digest());
    if (there.isPresent()) {
      return new Published(again(connection, signed, there.get()), false);
    }
    Versions.requireNext(connection, said);
    List<Uploads.Piece> missing = missing(connection, signed);
    return new Incomplete(said.digest(), missing);
  }

  private List<Uploads.Piece> missing(Connection connection, Signed signed) throws SQLException {
    Statement said = signed.statement();
    if (!Uploads.proceed(connection, said, signed.bytes(), signed.signer(), clock.millis())) {
      requireRoom(connection, said);
      Uploads.begin(connection, said, signed.bytes(), signed.signer(), clock.millis());
    }
    return Uploads.missing(connection, said.digest());
  }

  /** It is published. Signed with a higher number it is what it was, vouched for anew. */
  private Versions.Version again(Connection connection, Signed signed, Versions.Version there)
      throws SQLException {
    Statement said = signed.statement();
    if (said.number() <= there.bundle().number()) {
      return there;
    }
    Versions.signAgain(connection, said, signed.bytes(), signed.signer(), clock.millis());
    return Versions.byDigest(connection, said.digest()).orElseThrow();
  }

  private void requireRoom(Connection connection, Statement said) throws SQLException {
    Uploads.Pending pending = Uploads.pending(connection);
    if (pending.uploads() >= limits.uploads() || pending.bytes() + said.bytes() > limits.bytes()) {
      throw Refusals.conflict(
          "too-many-uploads",
          "%d uploads of %d bytes are not finished: finish one, or come back when they are cleared away, %d h after they were left"
              .formatted(pending.uploads(), pending.bytes(), limits.age().toHours()));
    }
  }

  /** All pieces are here: whatever is wrong now stays wrong. */
  private Outcome complete(Signed signed) throws SQLException, Overload {
    Statement said = signed.statement();
    PayloadKind kind;
    try {
      kind = assembly.check(said);
    } catch (HttpRefusal never) {
      LOG.warn("an upload is dropped digest={} reason={}", said.digest(), never.getMessage());
      writes.ask(connection -> Uploads.drop(connection, said.digest()));
      throw never;
    }
    return writes.ask(connection -> publish(connection, kind, signed));
  }

  private Outcome publish(Connection connection, PayloadKind kind, Signed signed)
      throws SQLException {
    RegistryLock.alone(connection);
    Statement said = signed.statement();
    Optional<Versions.Version> there = Versions.byDigest(connection, said.digest());
    if (there.isPresent()) {
      return new Published(again(connection, signed, there.get()), false);
    }
    if (!Uploads.proceed(connection, said, signed.bytes(), signed.signer(), clock.millis())) {
      throw Refusals.conflict("cleared-away", "the upload was cleared away: begin again");
    }
    Versions.publish(connection, kind, said, signed.signer(), clock.millis());
    LOG.info(
        "published model={} version={} number={} digest={} by={}",
        said.model(),
        said.version(),
        said.number(),
        said.digest(),
        signed.signer());
    return new Published(Versions.byDigest(connection, said.digest()).orElseThrow(), true);
  }

  /** Takes a piece that an upload waits for. */
  Uploads.Kept keep(String sha256, byte[] bytes) throws SQLException, Overload {
    return writes.ask(connection -> Uploads.keep(connection, sha256, bytes, clock.millis()));
  }

  /** Clears away uploads that nobody went on with. */
  void tidy() throws SQLException, Overload {
    writes.ask(
        connection -> {
          RegistryLock.alone(connection);
          return tidy(connection);
        });
  }

  private int tidy(Connection connection) throws SQLException {
    int dropped = Uploads.dropOlder(connection, clock.millis() - limits.age().toMillis());
    if (dropped > 0) {
      LOG.info("uploads that nobody went on with are cleared away uploads={}", dropped);
    }
    return dropped;
  }
}
