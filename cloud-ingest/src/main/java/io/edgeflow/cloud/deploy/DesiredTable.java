package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Parsed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Documents as they were signed. Stateless; within the caller's transaction. */
final class DesiredTable {
  private static final String CURRENT =
      """
      select d.number, d.digest, d.payload, d.signed
      from desired d join edge e on e.id = d.edge_id where e.name = ?
      """;

  private static final String STORE =
      """
      insert into desired (edge_id, number, digest, payload, signed, issued, revision)
      values (?, ?, ?, ?, ?, ?, nextval('desired_revision'))
      on conflict (edge_id) do update set number = excluded.number, digest = excluded.digest,
        payload = excluded.payload, signed = excluded.signed, issued = excluded.issued,
        revision = excluded.revision
      """;

  private static final String HANDED_OUT =
      """
      select m.edge_id, m.number, m.digest, m.payload, m.signed
      from deploy_heard h
      join edge e on e.id = h.edge_id
      join mandate_document m
        on m.edge_id = h.edge_id and m.number = h.number and m.digest = h.digest
      left join desired d on d.edge_id = h.edge_id
      where e.name = ? and h.number > coalesce(d.number, 0)
      """;

  private DesiredTable() {}

  /** The newest document of an edge. */
  record Current(long number, String digest, Desired document, String signed) {}

  /** A document that an edge follows and its site told it. */
  record HandedOut(int edgeId, long number, String digest, String payload, String signed) {}

  static Optional<Current> current(Connection connection, String edge) throws SQLException {
    return Sql.first(
        connection,
        CURRENT,
        row ->
            new Current(
                row.getLong(1), row.getString(2), parse(row.getString(3)), row.getString(4)),
        edge);
  }

  /** Newer than what the cloud itself told it last. */
  static Optional<HandedOut> handedOut(Connection connection, String edge) throws SQLException {
    return Sql.first(
        connection,
        HANDED_OUT,
        row ->
            new HandedOut(
                row.getInt(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)),
        edge);
  }

  /** It is the newest from now on; those of mandates that it is above are worth nothing. */
  static void store(
      Connection connection,
      int edgeId,
      long number,
      String digest,
      String payload,
      String signed,
      Instant now)
      throws SQLException {
    Sql.run(connection, STORE, edgeId, number, digest, payload, signed, now);
    Sql.run(
        connection,
        "delete from mandate_document where edge_id = ? and number <= ?",
        edgeId,
        number);
  }

  static Desired parse(String payload) {
    return switch (Desired.parse(payload)) {
      case Parsed.Ok<Desired>(Desired document) -> document;
      case Parsed.Refused<Desired>(String reason) ->
          throw new IllegalStateException("a document of our own cannot be read: " + reason);
    };
  }
}
