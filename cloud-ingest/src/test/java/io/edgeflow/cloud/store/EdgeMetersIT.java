package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.document.EdgeHealth;
import io.edgeflow.wire.document.Reported;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scraper of the cloud learns of edges that nobody can scrape. */
final class EdgeMetersIT {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
  private Schema schema;
  private EdgeMeters meters;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    meters = new EdgeMeters(schema.database(), registry, nanos::get);
  }

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void tellsHowAnEdgeSaidItIs() throws Exception {
    edge("pi-7", "north", true);
    say("pi-7", health("no-room"));
    meters.refresh();
    assertEquals(1, value("up", "pi-7"));
    assertEquals(12.5, value("backlog.oldest.seconds", "pi-7"));
    assertEquals(-0.25, value("clock.offset.seconds", "pi-7"));
    assertEquals(1, value("clock.believed", "pi-7"));
    assertEquals(0, value("journal.ok", "pi-7"));
    assertEquals(0.25, value("buffer.used.ratio", "pi-7"));
    assertEquals(0, value("promise", "pi-7"));
    assertTrue(value("reported.seconds", "pi-7") < 60);
    assertEquals(3, lost("pi-7", "rejected-at-edge", "unparseable"));
    assertEquals(1, lost("pi-7", "refused-at-edge", "series-limit"));
    assertEquals("north", registry.get("edgeflow.edge.up").gauge().getId().getTag("site"));
  }

  @Test
  void tellsWhatIsKnownOfAnEdgeThatSaysNothing() throws Exception {
    edge("old", "north", false);
    schema.execute(
        "insert into reported select id, now(), '{\"edge\":\"old\",\"health\":7}' from edge");
    meters.refresh();
    assertEquals(0, value("up", "old"));
    assertNull(gauge("clock.offset.seconds", "old"));
    assertNull(gauge("journal.ok", "old"));
    assertNull(registry.find("edgeflow.edge.lost.readings").gauge());
  }

  @Test
  void tellsWhatIsMissingAndWhatIsLost() throws Exception {
    edge("pi-7", "north", true);
    schema.execute(
        "insert into frame_ledger (edge_id, incarnation, lane, low_water, committed_frames,"
            + " highest) select id, gen_random_uuid(), lane, 10, 10, 20 from edge,"
            + " generate_series(0, 1) lane");
    schema.execute(
        "insert into frame_fate (ledger_id, fate, reason, numbers, readings)"
            + " select min(id), 'dropped', 'space', '{[11,14)}', 180 from frame_ledger");
    meters.refresh();
    assertEquals(17, value("pending.frames", "pi-7"));
    assertEquals(180, lost("pi-7", "dropped", ""));
  }

  @Test
  void asksNoOftenerThanItMust() throws Exception {
    meters.refresh();
    edge("pi-7", "north", true);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(4));
    meters.refresh();
    assertNull(gauge("up", "pi-7"));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    meters.refresh();
    assertEquals(1, value("up", "pi-7"));
  }

  private void edge(String name, String site, boolean online) throws Exception {
    schema.execute(
        "insert into edge (name, site, online) values ('%s', '%s', %s)"
            .formatted(name, site, online));
  }

  private void say(String edge, EdgeHealth health) throws Exception {
    Reported reported =
        new Reported(
            edge,
            Reported.VERSION,
            5,
            "edgeflow/test",
            List.of(),
            0,
            Optional.empty(),
            Optional.of(health));
    schema.execute(
        "insert into reported select id, now(), '%s' from edge where name = '%s'"
            .formatted(new String(reported.toBytes(), StandardCharsets.UTF_8), edge));
  }

  private static EdgeHealth health(String journal) {
    return new EdgeHealth(
        Map.of("window", 70_000L),
        OptionalDouble.of(12.5),
        true,
        OptionalDouble.of(-0.25),
        journal,
        25,
        100,
        false,
        86_400,
        Map.of("unparseable", 3L),
        Map.of("series-limit", 1L),
        60,
        -1,
        12);
  }

  private double value(String figure, String edge) {
    return Objects.requireNonNull(gauge(figure, edge), figure).value();
  }

  private @Nullable Gauge gauge(String figure, String edge) {
    return registry.find("edgeflow.edge." + figure).tag("edge", edge).gauge();
  }

  private double lost(String edge, String outcome, String reason) {
    return registry
        .get("edgeflow.edge.lost.readings")
        .tags("edge", edge, "outcome", outcome, "reason", reason)
        .gauge()
        .value();
  }
}
