package io.edgeflow.cloud.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells scrapers how edges are: nothing can scrape an edge behind NAT. What an edge said of itself
 * stays until it says something else; {@code edgeflow_edge_reported_seconds} is how old it is.
 */
public final class EdgeMeters {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeMeters.class);

  /** Several scrapers ask the database no oftener than one. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** A figure of each edge: its meter, its column in {@link #EDGES}, what it is. */
  private record Figure(String meter, String column, String description) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure(
              "up", "up", "1 for an edge that is connected, 0 for one that is known and is not."),
          new Figure("last.frame.seconds", "last_frame", "Since something of it was stored."),
          new Figure("pending.frames", "pending", "Numbered, as it told, and not here."),
          new Figure("reported.seconds", "reported", "Since it said how it is."),
          new Figure(
              "backlog.oldest.seconds", "oldest", "Age of its oldest frame without a verdict."),
          new Figure("clock.offset.seconds", "clock_offset", "How far its clock is ahead of ours."),
          new Figure(
              "clock.believed", "clock_believed", "1 where something vouches for its clock."),
          new Figure("journal.ok", "journal_ok", "0 while its disk keeps it from acknowledging."),
          new Figure("buffer.used.ratio", "buffer_used", "Of what it may keep on its disk."),
          new Figure("promise", "promise", "0 where it acknowledges what is not synced."),
          new Figure("accepted.readings", "accepted", "Since its data directory was made."),
          new Figure("resident.bytes", "resident", "Memory of its process."));

  private static final String EDGES =
      """
      select e.name, e.site,
        e.online::int as up,
        extract(epoch from now() - e.last_seen)::float8 as last_frame,
        coalesce(l.pending, 0)::float8 as pending,
        extract(epoch from now() - r.arrived)::float8 as reported,
        case when h is not null then coalesce((h ->> 'oldestSeconds')::float8, 0) end as oldest,
        (h ->> 'offsetSeconds')::float8 as clock_offset,
        (h ->> 'clockBelieved')::boolean::int as clock_believed,
        ((h ->> 'journal') = 'ok')::int as journal_ok,
        (h ->> 'usedBytes')::float8 / nullif((h ->> 'maxBytes')::float8, 0) as buffer_used,
        (h ->> 'promise')::boolean::int as promise,
        (h ->> 'accepted')::float8 as accepted,
        nullif((h ->> 'residentBytes')::float8, -1) as resident
      from edge e
      left join reported r on r.edge_id = e.id
      left join lateral (
        select r.document -> 'health' as h where jsonb_typeof(r.document -> 'health') = 'object'
      ) health on true
      left join (
        select g.edge_id,
          sum(greatest(0, g.highest - g.committed_frames - coalesce(f.frames, 0))) as pending
        from frame_ledger g
        left join (
          select t.ledger_id, sum(upper(n) - lower(n)) as frames
          from frame_fate t cross join lateral unnest(t.numbers) n
          group by t.ledger_id
        ) f on f.ledger_id = g.id
        group by g.edge_id
      ) l on l.edge_id = e.id
      """;

  /** Readings by what became of them, where it is not what it should be. */
  private static final String LOSSES =
      """
      select e.name, e.site, f.fate as outcome, '' as reason, sum(f.readings)::float8
      from frame_fate f
      join frame_ledger g on g.id = f.ledger_id
      join edge e on e.id = g.edge_id
      where f.fate in ('refused', 'conflict', 'dropped', 'lost')
      group by 1, 2, 3
      union all
      select e.name, e.site, kind.outcome, word.key, word.value::float8
      from reported r
      join edge e on e.id = r.edge_id
      cross join lateral (
        values ('rejected-at-edge', r.document -> 'health' -> 'rejected'),
          ('refused-at-edge', r.document -> 'health' -> 'refused')
      ) kind (outcome, counts)
      cross join lateral jsonb_each_text(
        case jsonb_typeof(kind.counts) when 'object' then kind.counts else '{}' end
      ) word
      """;

  private static final String LOST = "edgeflow.edge.lost.readings";

  private final DataSource database;
  private final LongSupplier nanos;
  private final Map<String, MultiGauge> gauges = new TreeMap<>();
  private final MultiGauge losses;
  private long refreshedNanos;
  private boolean refreshed;

  public EdgeMeters(DataSource database, MeterRegistry registry) {
    this(database, registry, System::nanoTime);
  }

  EdgeMeters(DataSource database, MeterRegistry registry, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
    for (Figure figure : FIGURES) {
      gauges.put(
          figure.column(),
          MultiGauge.builder(name(figure)).description(figure.description()).register(registry));
    }
    this.losses =
        MultiGauge.builder(LOST)
            .description("Readings that are not in the tables, by what became of them.")
            .register(registry);
  }

  /** Of all meters. */
  public static List<String> names() {
    return Stream.concat(FIGURES.stream().map(EdgeMeters::name), Stream.of(LOST)).toList();
  }

  private static String name(Figure figure) {
    return "edgeflow.edge." + figure.meter();
  }

  /** Brings the meters up to date; where the database does not answer they stay. Blocks. */
  public synchronized void refresh() {
    if (refreshed && nanos.getAsLong() - refreshedNanos < FRESH.toNanos()) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      edges(connection);
      losses(connection);
      refreshed = true;
      refreshedNanos = nanos.getAsLong();
    } catch (SQLException away) {
      LOG.debug("edges are not known now error={}", away.getMessage());
    }
  }

  private void edges(Connection connection) throws SQLException {
    Map<String, List<MultiGauge.Row<?>>> rows = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(EDGES);
        ResultSet edge = select.executeQuery()) {
      while (edge.next()) {
        Tags tags = Tags.of("edge", edge.getString(1), "site", edge.getString(2));
        for (Figure figure : FIGURES) {
          double value = edge.getDouble(figure.column());
          if (!edge.wasNull()) {
            rows.computeIfAbsent(figure.column(), _ -> new ArrayList<>())
                .add(MultiGauge.Row.of(tags, value));
          }
        }
      }
    }
    gauges.forEach((column, gauge) -> gauge.register(rows.getOrDefault(column, List.of()), true));
  }

  private void losses(Connection connection) throws SQLException {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(LOSSES);
        ResultSet loss = select.executeQuery()) {
      while (loss.next()) {
        Tags tags =
            Tags.of(
                "edge", loss.getString(1),
                "site", loss.getString(2),
                "outcome", loss.getString(3),
                "reason", loss.getString(4));
        rows.add(MultiGauge.Row.of(tags, loss.getDouble(5)));
      }
    }
    losses.register(rows, true);
  }
}
