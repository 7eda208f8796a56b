package io.edgeflow.cloud.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.PayloadKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads and changes what edges shall be told. Stateless; within the caller's transaction. */
final class PartsTable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String EDGE =
      """
      select e.id,
        greatest(d.number, h.highest, 0,
          (select max(m.number) from mandate_document m where m.edge_id = e.id)),
        h.edge_id is not null,
        coalesce(h.keys, 0), coalesce(h.denied, '{}'), coalesce(h.floors, '{}')::text
      from edge e
      left join desired d on d.edge_id = e.id
      left join deploy_heard h on h.edge_id = e.id
      where e.name = ?
      """;

  private static final String SLOTS =
      """
      select kind, slot, model, version, digest, rollout, shadow_seconds, soak_seconds
      from desired_slot where edge_id = ? order by slot collate "C"
      """;

  private static final String SET_SLOT =
      """
      insert into desired_slot
        (edge_id, slot, kind, model, version, digest, rollout, shadow_seconds, soak_seconds)
      select id, ?, ?, ?, ?, ?, ?, ?, ? from edge where name = ?
      on conflict (edge_id, slot) do update set kind = excluded.kind, model = excluded.model,
        version = excluded.version, digest = excluded.digest, rollout = excluded.rollout,
        shadow_seconds = excluded.shadow_seconds, soak_seconds = excluded.soak_seconds
      """;

  /** Of a bundle that is named by its digest alone, what was published under that. */
  private static final String ASKED =
      """
      select distinct coalesce(v.model, s.model)
      from desired_slot s left join model_version v on v.digest = s.digest
      where s.edge_id = ? and s.digest <> ''
      """;

  private static final String DENIED =
      """
      select d.digest from denied d
      where d.edge_id = ? and not d.digest = any (?)
        and not exists (
          select from forgiven f where f.edge_id = d.edge_id and f.digest = d.digest)
      order by d.at, d.digest
      """;

  private static final String MANDATE =
      "select rollout, digest from mandate where edge_id = ? and current and signed <> ''";

  private PartsTable() {}

  /** Empty if no such edge is known. */
  static Optional<Parts> read(Connection connection, String edge, int keys) throws SQLException {
    return Sql.first(connection, EDGE, row -> parts(connection, edge, keys, row), edge);
  }

  private static Parts parts(Connection connection, String edge, int keys, ResultSet row)
      throws SQLException {
    int id = row.getInt(1);
    return new Parts(
        id,
        edge,
        row.getLong(2),
        row.getBoolean(3),
        Sql.rows(connection, SLOTS, PartsTable::slot, id),
        Sql.rows(
            connection,
            "select name from disabled_model order by name collate \"C\"",
            r -> r.getString(1)),
        Sql.rows(
            connection,
            "select digest from forgiven where edge_id = ? order by digest",
            r -> r.getString(1),
            id),
        Sql.rows(connection, DENIED, r -> r.getString(1), id, Sql.texts(row, 5)),
        floors(connection, id, numbers(row.getString(6))),
        Sql.first(
            connection, MANDATE, r -> new Desired.MandateName(r.getString(1), r.getString(2)), id),
        keys,
        row.getInt(4));
  }

  /**
   * @param there those that the edge reports
   */
  private static Floors floors(Connection connection, int edge, Map<String, Long> there)
      throws SQLException {
    Map<String, Long> floors = new TreeMap<>();
    Sql.rows(
        connection,
        "select model, number from bundle_floor where edge_id = ?",
        row -> floors.put(row.getString(1), row.getLong(2)),
        edge);
    floors.entrySet().removeIf(f -> there.getOrDefault(f.getKey(), 0L) >= f.getValue());
    return new Floors(
        floors,
        floors.isEmpty()
            ? Set.of()
            : Set.copyOf(Sql.rows(connection, ASKED, row -> row.getString(1), edge)),
        Deployment.MAX_FLOORS - there.size());
  }

  /** Whose bundle a slot shall run: what was signed says it, also where the slot does not. */
  static String model(Connection connection, DesiredSlot slot) throws SQLException {
    return Sql.first(
            connection,
            "select model from model_version where digest = ?",
            row -> row.getString(1),
            slot.digest())
        .orElse(slot.model());
  }

  static Map<String, Long> numbers(String json) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, Long>>() {});
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static String json(Map<String, Long> numbers) {
    try {
      return JSON.writeValueAsString(numbers);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static DesiredSlot slot(ResultSet row) throws SQLException {
    return new DesiredSlot(
        PayloadKind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Duration.ofSeconds(row.getLong(7)),
        Duration.ofSeconds(row.getLong(8)));
  }

  static void set(Connection connection, String edge, DesiredSlot slot) throws SQLException {
    Sql.run(
        connection,
        SET_SLOT,
        slot.slot(),
        slot.kind().name().toLowerCase(Locale.ROOT),
        slot.model(),
        slot.version(),
        slot.digest(),
        slot.rollout(),
        slot.shadow().toSeconds(),
        slot.soak().toSeconds(),
        edge);
  }

  /** Whether this edge refused it, and nobody forgave. */
  static boolean isDenied(Connection connection, String edge, String digest) throws SQLException {
    return Sql.first(
            connection,
            "select 1 from denied d join edge e on e.id = d.edge_id where e.name = ? and digest ="
                + " ?",
            row -> true,
            edge,
            digest)
        .isPresent();
  }
}
