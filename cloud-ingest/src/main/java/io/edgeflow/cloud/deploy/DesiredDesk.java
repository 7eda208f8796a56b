package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.wire.document.DesiredSlot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Draws up the one document of an edge from all that it shall be told, numbers and signs it (R1).
 * Works within the caller's transaction, which must have its turn ({@link Turns}); what is written
 * is published after the commit, by whoever follows the revisions.
 */
final class DesiredDesk {
  private final Authority authority;
  private final InstantSource clock;
  private final Composer composer;

  DesiredDesk(Authority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
    this.composer = new Composer(authority, clock);
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
    Optional<DesiredTable.Current> current = DesiredTable.current(connection, edge);
    return needed(connection, parts.get(), current)
        ? issue(connection, parts.get())
        : new Unchanged();
  }

  /** Whether {@link #answer} would do something. Only reads, and needs no turn. */
  boolean mustSpeak(Connection connection, String edge) throws SQLException {
    if (authority.key().isEmpty() || HeardTable.isInConflict(connection, edge)) {
      return false;
    }
    Optional<Parts> parts = PartsTable.read(connection, edge, authority.keysNumber());
    return parts.isPresent()
        && (needed(connection, parts.get(), DesiredTable.current(connection, edge))
            || DesiredTable.handedOut(connection, edge).isPresent());
  }

  /** What follows from an edge's own word alone: where there is a conflict, nothing. */
  Outcome answer(Connection connection, String edge) throws SQLException {
    if (!mustSpeak(connection, edge)) {
      return new Unchanged();
    }
    adopt(connection, edge);
    boolean ahead = HeardTable.isAhead(connection, edge);
    Outcome outcome = ensure(connection, edge);
    if (ahead && outcome instanceof Issued(long number, String _)) {
      History.addDaily(
          connection,
          clock.instant(),
          edge,
          "overtaken",
          "it followed a document that is not known here, as after a restored backup: number %d says again what it shall run"
              .formatted(number));
    }
    return outcome;
  }

  /** Its site's orchestrator told it what the cloud had signed for that: so it counts (R6). */
  private void adopt(Connection connection, String edge) throws SQLException {
    Optional<DesiredTable.HandedOut> found = DesiredTable.handedOut(connection, edge);
    if (found.isEmpty()) {
      return;
    }
    DesiredTable.HandedOut one = found.get();
    DesiredTable.store(
        connection,
        one.edgeId(),
        one.number(),
        one.digest(),
        one.payload(),
        one.signed(),
        clock.instant());
    for (DesiredSlot slot : DesiredTable.parse(one.payload()).slots()) {
      PartsTable.set(connection, edge, slot);
    }
    note(connection, edge, "site", "its site told it document " + one.number());
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
  private static boolean needed(
      Connection connection, Parts parts, Optional<DesiredTable.Current> current)
      throws SQLException {
    if (current.isEmpty()) {
      return parts.saySomething();
    }
    return parts.differFrom(current.get().document())
        || HeardTable.isAhead(connection, parts.edge());
  }

  private Outcome issue(Connection connection, Parts parts) throws SQLException {
    return switch (composer.compose(parts)) {
      case Composer.Refused(String reason) -> new Refused(reason);
      case Composer.Composed document -> store(connection, parts, document);
    };
  }

  private Issued store(Connection connection, Parts parts, Composer.Composed document)
      throws SQLException {
    DesiredTable.store(
        connection,
        parts.edgeId(),
        document.number(),
        document.digest(),
        document.payload(),
        document.signed(),
        clock.instant());
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
      note(connection, parts.edge(), "conflict-overruled", "");
    }
    return new Issued(document.number(), document.digest());
  }

  private void note(Connection connection, String edge, String what, String detail)
      throws SQLException {
    History.add(connection, clock.instant(), "", edge, History.Cause.NOBODY, what, detail);
  }
}
