package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what was published, and where it runs now. Stateless. */
final class ModelVersionsQuery {
  private static final String VERSIONS =
      """
      select v.model, v.kind, v.version, v.number, v.digest, b.bytes, v.publisher,
        (extract(epoch from v.published) * 1000)::bigint
      from model_version v join bundle b using (digest)
      where cardinality(?::text[]) = 0 or v.model = any(?::text[])
      order by v.model collate "C", v.number desc
      """;

  /** Models by what edges say of their slots; programs by what they say of their deployment. */
  private static final String PLACES =
      """
      select m.digest, m.edge, m.site, m.online, m.slot, m.state
      from edgeflow.model m
      where m.digest = any(?::text[])
      union all
      select s ->> 'digest', e.name, e.site, e.online, s ->> 'slot', s ->> 'state'
      from reported r
      join edge e on e.id = r.edge_id
      cross join lateral jsonb_array_elements(r.document -> 'deploy' -> 'slots') s
      where s ->> 'kind' = 'application' and s ->> 'state' = 'active' and s ->> 'digest' = any(?::text[])
      order by 2, 5
      """;

  private ModelVersionsQuery() {}

  /**
   * @param kind {@code model} or {@code application}
   * @param published milliseconds since the epoch
   * @param edges where it runs, by what edges said last
   */
  record Version(
      String model,
      String kind,
      String version,
      long number,
      String digest,
      long bytes,
      String publisher,
      long published,
      List<Place> edges) {}

  /**
   * @param state as the edge calls it
   */
  record Place(String edge, String site, boolean online, String slot, String state) {}

  /**
   * By model, the newest first.
   *
   * @param models only these; none: all
   */
  static List<Version> versions(Connection connection, List<String> models) throws SQLException {
    Map<String, Version> byDigest = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(VERSIONS)) {
      select.setArray(1, connection.createArrayOf("text", models.toArray()));
      select.setArray(2, connection.createArrayOf("text", models.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byDigest.put(rows.getString(5), version(rows));
        }
      }
    }
    places(connection, byDigest);
    return List.copyOf(byDigest.values());
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getLong(6),
        row.getString(7),
        row.getLong(8),
        new ArrayList<>());
  }

  private static void places(Connection connection, Map<String, Version> byDigest)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PLACES)) {
      select.setArray(1, connection.createArrayOf("text", byDigest.keySet().toArray()));
      select.setArray(2, connection.createArrayOf("text", byDigest.keySet().toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Version version = byDigest.get(rows.getString(1));
          if (version != null) {
            version.edges().add(place(rows));
          }
        }
      }
    }
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        row.getString(2), row.getString(3), row.getBoolean(4), row.getString(5), row.getString(6));
  }
}
