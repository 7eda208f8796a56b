package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.rollout.EdgeView;
import io.edgeflow.cloud.rollout.FleetView;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Reported;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tables tell of all edges, as the controller looks at it. Stateless. */
final class FleetReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Over Kafka there is no presence: there an edge is online that was heard of lately. */
  private static final String EDGES =
      """
      select e.name, e.site, e.labels::text, e.timezone,
        e.online or (e.presence_since is null and r.arrived > now() - interval '3 minutes'),
        greatest(e.last_seen, e.hello_at, e.presence_since, r.arrived),
        d.number, d.digest, d.payload,
        case when r.document -> 'deploy' is not null then (r.document - 'models')::text end,
        (select array_agg(n.digest) from denied n where n.edge_id = e.id
          and not exists (
            select from forgiven f where f.edge_id = n.edge_id and f.digest = n.digest)),
        case when r.document -> 'omitted' = '0' then
          (select array_agg(m ->> 'slot') from jsonb_array_elements(r.document -> 'models') m) end
      from edge e
      left join desired d on d.edge_id = e.id
      left join reported r on r.edge_id = e.id
      order by e.name collate "C"
      """;

  private FleetReader() {}

  /**
   * @param listening since when edges are heard without a break
   */
  static FleetView read(Connection connection, Instant listening) throws SQLException {
    Map<String, EdgeView> edges = new LinkedHashMap<>();
    for (EdgeView edge : edges(connection)) {
      edges.put(edge.edge(), edge);
    }
    List<String> disabled =
        Sql.rows(connection, "select name from disabled_model", row -> row.getString(1));
    return new FleetView(edges, listening, List.of(), Set.copyOf(disabled));
  }

  /** In the order of their names. */
  static List<EdgeView> edges(Connection connection) throws SQLException {
    return Sql.rows(connection, EDGES, FleetReader::edge);
  }

  private static EdgeView edge(ResultSet row) throws SQLException {
    OffsetDateTime heard = row.getObject(6, OffsetDateTime.class);
    return new EdgeView(
        row.getString(1),
        row.getString(2),
        labels(row.getString(3)),
        zone(row.getString(4)),
        row.getBoolean(5),
        Optional.ofNullable(heard).map(OffsetDateTime::toInstant),
        issued(row),
        deployment(row.getString(10)),
        Set.copyOf(Sql.texts(row, 11)),
        Set.copyOf(Sql.texts(row, 12)));
  }

  private static Optional<EdgeView.Issued> issued(ResultSet row) throws SQLException {
    String payload = row.getString(9);
    if (payload == null) {
      return Optional.empty();
    }
    Desired document = DesiredTable.parse(payload);
    return Optional.of(new EdgeView.Issued(row.getLong(7), row.getString(8), document.slots()));
  }

  private static Optional<Deployment> deployment(@Nullable String document) {
    return document != null
            && Reported.parse(document.getBytes(UTF_8))
                instanceof Parsed.Ok<Reported>(Reported said)
        ? said.deployment()
        : Optional.empty();
  }

  /** Of an edge that names none, or none that is known here: that of the world. */
  private static ZoneId zone(String name) {
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }

  static Map<String, String> labels(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
