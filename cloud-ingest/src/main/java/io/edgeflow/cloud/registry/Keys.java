package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.VerifyingKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chain of key documents that the cloud keeps for edges, under the root that it pins. */
final class Keys {
  private static final String NEWEST =
      "select chain from key_chain where root = ? order by number desc limit 1";
  private static final String KEEP =
      """
      insert into key_chain (root, number, chain, arrived)
      values (?, ?, ?, 'epoch'::timestamptz + ? * interval '1 millisecond')
      """;

  private final Optional<VerifyingKey> root;
  private final InstantSource clock;

  Keys(Optional<VerifyingKey> root, InstantSource clock) {
    this.root = root;
    this.clock = clock;
  }

  /**
   * A chain that was found in order.
   *
   * @param text as it was pushed
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Kept(byte[] text, KeyChain chain, KeyDocument newest) {}

  /** What came of a push. */
  record Pushed(int number, boolean isNew) {}

  Optional<Kept> newest(Connection connection) throws SQLException {
    if (root.isEmpty()) {
      return Optional.empty();
    }
    VerifyingKey pinned = root.get();
    return Sql.first(connection, NEWEST, row -> row.getBytes(1), pinned.text())
        .map(text -> followed(text, pinned, 0));
  }

  /** The document that says who may publish. */
  KeyDocument required(Connection connection) throws SQLException {
    if (root.isEmpty()) {
      throw Refusals.noRoot();
    }
    return newest(connection)
        .map(Kept::newest)
        .orElseThrow(
            () ->
                Refusals.conflict(
                    "no-keys",
                    "this cloud knows nobody who may publish yet: give it the keys.json of"
                        + " `model keygen` (`model publish --keys keys.json`)"));
  }

  /** Takes a chain that is the one that is there, or continues it. */
  Pushed push(Connection connection, byte[] text) throws SQLException {
    VerifyingKey pinned = root.orElseThrow(Refusals::noRoot);
    RegistryLock.alone(connection);
    Optional<Kept> before = newest(connection);
    int floor = before.map(kept -> kept.newest().number()).orElse(0);
    Kept pushed = followed(text, pinned, floor);
    before.ifPresent(kept -> requireContinued(kept.chain(), pushed.chain()));
    int number = pushed.newest().number();
    if (number == floor) {
      return new Pushed(number, false);
    }
    Sql.run(connection, KEEP, pinned.text(), number, text, clock.millis());
    Audit.note(
        connection,
        clock.millis(),
        "root " + pinned.id(),
        "keys",
        "keys",
        Map.of(
            "number", number,
            "publishers", pushed.newest().publishers().keySet(),
            "controllers", pushed.newest().controllers().keySet()));
    return new Pushed(number, true);
  }

  private static Kept followed(byte[] text, VerifyingKey pinned, int floor) {
    return switch (KeyChain.read(text, pinned, floor)) {
      case KeyChain.Good(KeyChain chain, KeyDocument newest) -> new Kept(text, chain, newest);
      case KeyChain.Refused(TrustRefusal refusal) -> throw Refusals.untrusted(refusal);
    };
  }

  /** Two chains of one root that part would have edges disagree about who counts. */
  private static void requireContinued(KeyChain before, KeyChain after) {
    List<String> known = before.chain().stream().map(Envelope::payload).toList();
    List<String> said = after.chain().stream().map(Envelope::payload).toList();
    if (said.size() < known.size() || !said.subList(0, known.size()).equals(known)) {
      throw Refusals.tampered("the chain is not a continuation of the one that is here");
    }
  }
}
