package io.edgeflow.cloud.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.rollout.EdgeView;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.DesiredSlot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What runs where, what should, and how far edges are: {@code GET /api/v1/fleet}. Stateless. */
final class FleetStatus {
  private static final String MORE =
      """
      select e.name, e.software, coalesce(h.conflict, ''),
        (extract(epoch from d.issued) * 1000)::bigint
      from edge e
      left join deploy_heard h on h.edge_id = e.id
      left join desired d on d.edge_id = e.id
      """;

  private FleetStatus() {}

  /**
   * @param objection why edges would not listen to this cloud; empty if they do
   */
  record Fleet(
      long now, String objection, Counts counts, List<Disabled> disabled, List<Edge> edges) {}

  /**
   * @param listening edges that take documents
   * @param inStep edges that follow their newest document
   * @param slots how many slots are in which state
   * @param models how many slots serve which bundle, proven or not
   */
  record Counts(
      int edges,
      int online,
      int listening,
      int inStep,
      int conflicts,
      Map<String, Integer> slots,
      List<Serving> models) {}

  record Serving(String model, String version, String digest, int active, int proven) {}

  record Disabled(String name, String who, String why, long at) {}

  /**
   * @param issued number of the newest document; 0 for none
   * @param seen number of the document that it follows; 0 for none
   * @param keys the newest key document that it knows
   * @param conflict the other document of an equal number that it follows, for people
   * @param wanted what its newest document names
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Edge(
      String edge,
      String site,
      Map<String, String> labels,
      String timezone,
      String software,
      boolean online,
      @Nullable Long heard,
      boolean listening,
      long issued,
      @Nullable Long issuedAt,
      long seen,
      boolean inStep,
      int keys,
      String refusal,
      String conflict,
      List<Wanted> wanted,
      List<Slot> slots,
      List<String> denied,
      Map<String, Long> floors,
      List<String> pinned) {}

  record Wanted(
      String kind, String slot, String model, String version, String digest, String rollout) {}

  /** As the edge reports it. */
  record Slot(
      String kind,
      String slot,
      String model,
      String version,
      String digest,
      String state,
      boolean proven,
      String rollout,
      String detail,
      String previous,
      long since,
      long done,
      long total) {}

  private record More(String software, String conflict, @Nullable Long issued) {}

  static Fleet read(Connection connection, String objection, Instant now) throws SQLException {
    Map<String, More> more = new HashMap<>();
    Sql.rows(
        connection,
        MORE,
        row ->
            more.put(
                row.getString(1),
                new More(row.getString(2), row.getString(3), (Long) row.getObject(4))));
    List<Edge> edges = new ArrayList<>();
    for (EdgeView edge : FleetReader.edges(connection)) {
      edges.add(edge(edge, Objects.requireNonNull(more.get(edge.edge()))));
    }
    return new Fleet(now.toEpochMilli(), objection, counts(edges), disabled(connection), edges);
  }

  private static List<Disabled> disabled(Connection connection) throws SQLException {
    return Sql.rows(
        connection,
        "select name, who, why, at from disabled_model order by name collate \"C\"",
        row ->
            new Disabled(row.getString(1), row.getString(2), row.getString(3), Sql.millis(row, 4)));
  }

  private static Edge edge(EdgeView edge, More more) {
    Deployment none = new Deployment("", 0, "", 0, "", List.of(), List.of(), Map.of(), List.of());
    Deployment said = edge.deployment().orElse(none);
    return new Edge(
        edge.edge(),
        edge.site(),
        edge.labels(),
        edge.zone().getId(),
        more.software(),
        edge.online(),
        edge.heard().map(Instant::toEpochMilli).orElse(null),
        edge.deployment().isPresent(),
        edge.issued().map(EdgeView.Issued::number).orElse(0L),
        more.issued(),
        said.number(),
        edge.sawNewest(),
        said.keys(),
        said.refusal(),
        more.conflict(),
        edge.issued().stream().flatMap(i -> i.slots().stream()).map(FleetStatus::wanted).toList(),
        said.slots().stream().map(FleetStatus::slot).toList(),
        edge.denied().stream().sorted().toList(),
        said.floors(),
        said.pinned());
  }

  private static Wanted wanted(DesiredSlot slot) {
    return new Wanted(
        RolloutViews.word(slot.kind()),
        slot.slot(),
        slot.model(),
        slot.version(),
        slot.digest(),
        slot.rollout());
  }

  private static Slot slot(DeployedSlot slot) {
    return new Slot(
        RolloutViews.word(slot.kind()),
        slot.slot(),
        slot.model(),
        slot.version(),
        slot.digest(),
        slot.state().word(),
        slot.proven(),
        slot.rollout(),
        slot.detail(),
        slot.previous(),
        slot.sinceMillis(),
        slot.doneBytes(),
        slot.totalBytes());
  }

  private static Counts counts(List<Edge> edges) {
    Map<String, Integer> states = new TreeMap<>();
    Map<String, Serving> models = new TreeMap<>();
    for (Edge edge : edges) {
      for (Slot slot : edge.slots()) {
        states.merge(slot.state(), 1, Integer::sum);
        if (slot.state().equals("active")) {
          models.merge(
              slot.model() + " " + slot.version() + " " + slot.digest(),
              new Serving(slot.model(), slot.version(), slot.digest(), 1, slot.proven() ? 1 : 0),
              FleetStatus::sum);
        }
      }
    }
    return new Counts(
        edges.size(),
        (int) edges.stream().filter(Edge::online).count(),
        (int) edges.stream().filter(Edge::listening).count(),
        (int) edges.stream().filter(Edge::inStep).count(),
        (int) edges.stream().filter(edge -> !edge.conflict().isEmpty()).count(),
        states,
        List.copyOf(models.values()));
  }

  private static Serving sum(Serving one, Serving other) {
    return new Serving(
        one.model(),
        one.version(),
        one.digest(),
        one.active() + other.active(),
        one.proven() + other.proven());
  }
}
