package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Parsed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Draws up the one document of an edge from all that it shall be told, numbers and signs it (R1).
 * Works within the caller's transaction, which must have its turn ({@link Turns}); what is written
 * is published after the commit, by whoever follows the revisions.
 */
final class DesiredDesk {
  private static final String CURRENT =
      """
      select d.number, d.digest, d.payload, d.signed
      from desired d join edge e on e.id = d.edge_id where e.name = ?
      """;

  private static final String STORE =
      """
      insert into desired (edge_id, number, digest, payload, signed, issued, revision, reserved)
      values (?, ?, ?, ?, ?, ?, nextval('desired_revision'), ?)
      on conflict (edge_id) do update set number = excluded.number, digest = excluded.digest,
        payload = excluded.payload, signed = excluded.signed, issued = excluded.issued,
        revision = excluded.revision, reserved = greatest(desired.reserved, excluded.reserved)
      """;

  private final Authority authority;
  private final InstantSource clock;

  DesiredDesk(Authority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  /** What came of telling an edge something. */
  sealed interface Outcome {}

  record Issued(long number, String digest) implements Outcome {}

  /** The newest document says all of it already, or there is nothing to say. */
  record Unchanged() implements Outcome {}

  /**
   * @param reason and what can be done
   */
  record Refused(String reason) implements Outcome {}

  /** The newest document of an edge. */
  record Current(long number, String digest, Desired document, String signed) {}

  static Optional<Current> current(Connection connection, String edge) throws SQLException {
    return Sql.first(
        connection,
        CURRENT,
        row ->
            new Current(
                row.getLong(1), row.getString(2), parse(row.getString(3)), row.getString(4)),
        edge);
  }

  static Desired parse(String payload) {
    return switch (Desired.parse(payload)) {
      case Parsed.Ok<Desired>(Desired document) -> document;
      case Parsed.Refused<Desired>(String reason) ->
          throw new IllegalStateException("a document of our own cannot be read: " + reason);
    };
  }

  /** What a slot shall run from now on; never what its edge refused (R3). */
  Outcome slot(Connection connection, String edge, DesiredSlot slot) throws SQLException {
    if (!slot.digest().isEmpty() && PartsTable.isDenied(connection, edge, slot.digest())) {
      return new Refused(
          "the edge refused %s before: forgive it, if it is to try again"
              .formatted(slot.digest().substring(0, 12)));
    }
    Savepoint before = connection.setSavepoint();
    PartsTable.set(connection, edge, slot);
    Outcome outcome = ensure(connection, edge);
    if (outcome instanceof Refused) {
      // What cannot be said now must not keep the edge from being told anything else.
      connection.rollback(before);
    }
    return outcome;
  }

  /** Issues a document if the newest one does not say all that there is to say. */
  Outcome ensure(Connection connection, String edge) throws SQLException {
    Optional<Parts> parts = PartsTable.read(connection, edge, authority.keysNumber());
    if (parts.isEmpty()) {
      return new Refused("no edge of this name was ever heard of");
    }
    Optional<Current> current = current(connection, edge);
    return needed(connection, parts.get(), current)
        ? issue(connection, parts.get())
        : new Unchanged();
  }

  /** Whether {@link #answer} would issue something. Only reads, and needs no turn. */
  boolean mustSpeak(Connection connection, String edge) throws SQLException {
    Optional<Parts> parts = PartsTable.read(connection, edge, authority.keysNumber());
    return parts.isPresent()
        && authority.key().isPresent()
        && !HeardTable.isInConflict(connection, edge)
        && needed(connection, parts.get(), current(connection, edge));
  }

  /** What follows from an edge's own word alone: where there is a conflict, nothing. */
  Outcome answer(Connection connection, String edge) throws SQLException {
    if (!mustSpeak(connection, edge)) {
      return new Unchanged();
    }
    boolean ahead = HeardTable.isAhead(connection, edge);
    Outcome outcome = ensure(connection, edge);
    if (ahead && outcome instanceof Issued(long number, String _)) {
      History.add(
          connection,
          clock.instant(),
          "",
          edge,
          History.Cause.NOBODY,
          "overtaken",
          "it followed a document that is not known here, as after a restored backup: number %d says again what it shall run"
              .formatted(number));
    }
    return outcome;
  }

  /** As {@link #ensure}, whether or not there is anything new to say. */
  Outcome again(Connection connection, String edge) throws SQLException {
    Optional<Parts> parts = PartsTable.read(connection, edge, authority.keysNumber());
    return parts.isPresent()
        ? issue(connection, parts.get())
        : new Refused("no edge of this name was ever heard of");
  }

  /**
   * An edge that follows a number that was never given to it here follows another cloud's past, or
   * this one's lost future: it must be told again, above that. A mandate's numbers were given.
   */
  private static boolean needed(Connection connection, Parts parts, Optional<Current> current)
      throws SQLException {
    if (current.isEmpty()) {
      return parts.saySomething();
    }
    return parts.differFrom(current.get().document())
        || HeardTable.isAhead(connection, parts.edge());
  }

  private Outcome issue(Connection connection, Parts parts) throws SQLException {
    Instant now = clock.instant();
    Optional<String> objection = authority.objection(now);
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    if (Math.max(parts.disabled().size(), parts.slots().size()) > Desired.MAX_ENTRIES
        || Math.max(parts.forgiven().size(), parts.floors().size()) > Desired.MAX_ENTRIES) {
      return new Refused("a document names no more than " + Desired.MAX_ENTRIES + " of a kind");
    }
    // Whoever forgot what it refused is protected here too, so the oldest may be left out.
    for (int back = Math.min(parts.denied().size(), Desired.MAX_ENTRIES); back >= 0; back--) {
      Desired document = parts.document(authority.audience(), now.toEpochMilli(), back);
      String payload = document.text();
      String signed = authority.sign(Desired.TYPE, payload);
      if (signed.getBytes(UTF_8).length <= Desired.MAX_SIGNED_BYTES) {
        return store(connection, parts, document, payload, signed, now);
      }
    }
    return new Refused(
        "the document would have more than %d bytes: let the edge have fewer slots, or enable models that need not be disabled"
            .formatted(Desired.MAX_SIGNED_BYTES));
  }

  private static Issued store(
      Connection connection,
      Parts parts,
      Desired document,
      String payload,
      String signed,
      Instant now)
      throws SQLException {
    String digest = Digests.of(payload);
    Sql.run(
        connection,
        STORE,
        parts.edgeId(),
        document.number(),
        digest,
        payload,
        signed,
        now,
        document.number());
    Sql.run(
        connection,
        "update forgiven set number = ? where edge_id = ? and number is null",
        document.number(),
        parts.edgeId());
    int overruled =
        Sql.run(
            connection,
            "update deploy_heard set conflict = '' where edge_id = ? and conflict <> ''",
            parts.edgeId());
    if (overruled > 0) {
      History.add(
          connection, now, "", parts.edge(), History.Cause.NOBODY, "conflict-overruled", "");
    }
    return new Issued(document.number(), digest);
  }
}
