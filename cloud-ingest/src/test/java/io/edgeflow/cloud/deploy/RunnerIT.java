package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Mandate;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Reported;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The runner loses its database at every statement, one after the other, and at every commit. */
final class RunnerIT {
  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2025-11-21T12:00:00Z"));
  private static final InstantSource CLOCK = NOW::get;
  private static Schema schema;

  @BeforeAll
  static void start() throws Exception {
    schema = Schema.create();
  }

  @AfterAll
  static void stop() {
    schema.close();
  }

  private static Runner runner(javax.sql.DataSource database) {
    return new Runner(
        new Turns(database),
        TestKeys.authority(),
        new DesiredDesk(TestKeys.authority(), CLOCK),
        CLOCK,
        () -> {});
  }

  private static String begin(String name, String version) throws SQLException {
    return begin(name, version, "1, 100%");
  }

  private static String begin(String name, String version, String waves) throws SQLException {
    String spec =
        """
        name: %s
        slot: health
        model: wear
        version: "%s"
        selector: {edges: ["%s-*"]}
        waves: [%s]
        shadow: 0s
        soak: 1s
        mandate: 8h
        """
            .formatted(name, version, name, waves);
    return new RolloutDesk(
            new Turns(schema.database()),
            TestKeys.authority(),
            new TestRegistry(),
            CLOCK,
            NOW::get,
            () -> {})
        .start(spec.getBytes(UTF_8), new Cause("ada", ""))
        .id();
  }

  private static TestEdge.Fate fate(DesiredSlot slot) {
    return slot.version().equals("1.2") ? TestEdge.Fate.BAD : TestEdge.Fate.GOOD;
  }

  private static List<TestEdge> edges(String name) throws Exception {
    List<TestEdge> edges =
        IntStream.range(0, 3).mapToObj(i -> new TestEdge(name + "-" + i, RunnerIT::fate)).toList();
    for (TestEdge edge : edges) {
      schema.execute("insert into edge (name, online) values ('" + edge.name() + "', true)");
      talk(edge);
    }
    return edges;
  }

  /** What the edge is told reaches it, and what it says is written down. */
  private static void talk(TestEdge edge) throws SQLException {
    try (Connection connection = schema.database().getConnection()) {
      DesiredTable.current(connection, edge.name())
          .ifPresent(current -> edge.offered(current.signed().getBytes(UTF_8)));
      Reported said = edge.report();
      int id =
          Sql.first(
                  connection,
                  "select id from edge where name = ?",
                  row -> row.getInt(1),
                  edge.name())
              .orElseThrow();
      Ear ear = new Ear((_, _) -> {});
      assertTrue(ear.reported(connection, id, said, NOW.get()));
      Sql.run(
          connection,
          """
          insert into reported values (?, ?, ?::jsonb)
          on conflict (edge_id) do update set document = excluded.document
          """,
          id,
          NOW.get(),
          new String(said.toBytes(), UTF_8));
    }
    new Turns(schema.database())
        .take(
            connection ->
                new DesiredDesk(TestKeys.authority(), CLOCK).answer(connection, edge.name()));
  }

  private static String phase(String id) throws Exception {
    return schema.one("select status from rollout where id = '" + id + "'");
  }

  /** Until it is over; each look is cut at its first statement, its second, until it passes. */
  private static int lead(String id, List<TestEdge> edges, String end) throws Exception {
    int cuts = 0;
    for (int round = 0; round < 30 && !phase(id).equals(end); round++) {
      CutDatabase database = new CutDatabase(schema.database());
      for (int statements = 0; !passes(database, statements); statements++) {
        cuts++;
      }
      NOW.updateAndGet(now -> now.plusSeconds(1));
      for (TestEdge edge : edges) {
        talk(edge);
      }
    }
    assertEquals(end, phase(id));
    return cuts;
  }

  private static boolean passes(CutDatabase database, int statements) {
    database.cutAfter(statements);
    try {
      runner(database.source()).look();
      return true;
    } catch (SQLException cut) {
      return false;
    }
  }

  private static String issued(String id) throws Exception {
    return schema.one(
        "select coalesce(string_agg(edge, ' ' order by edge), '') from deploy_history where what ="
            + " 'issued' and rollout = '"
            + id
            + "'");
  }

  @Test
  void endsTheSameWhereverItIsCut() throws Exception {
    List<TestEdge> edges = edges("cut");
    String good = begin("cut", "1.0");
    int cuts = lead(good, edges, "done");
    System.out.println("cuts: " + cuts);
    assertTrue(cuts > 50, "it was cut " + cuts + " times");
    assertEquals("cut-0 cut-1 cut-2", issued(good), "each was asked once");
    for (TestEdge edge : edges) {
      assertEquals(TestRegistry.OLD.digest(), edge.serving("health"));
      assertEquals(1, edge.number(), "no number was given twice, or for nothing");
    }
    String bad = begin("cut", "1.2");
    lead(bad, edges, "rolled-back");
    assertEquals(1, issued(bad).split(" ").length, "it stopped in the first wave");
    for (TestEdge edge : edges) {
      assertEquals(TestRegistry.OLD.digest(), edge.serving("health"));
    }
    assertEquals("0", schema.one("select count(*) from deploy_history where what = 'conflict'"));
  }

  /** More edges than one look orders cannot be told anything: the one behind them must be. */
  @Test
  void ordersOfWhichNothingComesHoldUpNoOthers() throws Exception {
    schema.execute(
        "insert into edge (name, online) select 'many-' || i, true from generate_series(100, 401)"
            + " i");
    Reported said = new TestEdge("many", RunnerIT::fate).report();
    schema.execute(
        "insert into reported select id, now(), jsonb_set('%s', '{edge}', to_jsonb(name)) from edge where name like 'many-%%'"
            .formatted(new String(said.toBytes(), UTF_8)));
    schema.execute(
        "insert into desired_slot select id, repeat('x', 4096), 'model', '', '', '', '', 0, 0 from"
            + " edge where name like 'many-%' and name < 'many-401'");
    String id = begin("many", "1.0", "100%");
    Runner runner = runner(schema.database());
    for (int looks = 0; looks < 20 && issued(id).isEmpty(); looks++) {
      runner.look();
    }
    assertEquals("many-401", issued(id));
    schema.execute("update rollout set settled = true where id = '" + id + "'");
  }

  /** The site's hub takes the second edge forward, or the first one back, while nobody leads. */
  @Test
  void countsWhatASiteDidAloneWithinItsMandate() throws Exception {
    TestEdge hub = edges("hub").getFirst();
    for (String way : List.of("forward", "back")) {
      List<TestEdge> site = edges("site" + way);
      schema.execute(
          "update edge set labels = '{\"edgeflow.behind\": \"hub-0\"}' where name like 'site"
              + way
              + "-%'");
      String id = begin("site" + way, "1.0");
      runner(schema.database()).look();
      for (TestEdge edge : site) {
        talk(edge);
      }
      Mandate mandate = mandate(hub);
      assertEquals(id, mandate.rollout());
      assertEquals(2, mandate.waves().size());
      Mandate.Member member =
          mandate.waves().get(way.equals("forward") ? 1 : 0).members().getFirst();
      TestEdge edge =
          site.stream().filter(one -> one.name().equals(member.edge())).findFirst().orElseThrow();
      assertTrue(
          edge.offered((way.equals("forward") ? member.forward() : member.back()).getBytes(UTF_8)));
      long told = edge.number();
      talk(edge);
      assertEquals(
          "" + told,
          schema.one(
              "select number from desired join edge on id = edge_id where name = '"
                  + edge.name()
                  + "'"));
      lead(id, site, way.equals("forward") ? "done" : "rolled-back");
      assertEquals(way.equals("forward") ? TestRegistry.OLD.digest() : "", edge.serving("health"));
      talk(hub);
      assertEquals("0", schema.one("select count(*) from mandate"), "withdrawn");
      assertEquals("0", schema.one("select count(*) from deploy_history where what = 'conflict'"));
    }
  }

  /** What the hub's newest document names. */
  private static Mandate mandate(TestEdge hub) throws SQLException {
    String signed =
        new Turns(schema.database())
            .look(
                connection -> {
                  var current = DesiredTable.current(connection, hub.name()).orElseThrow();
                  assertTrue(hub.offered(current.signed().getBytes(UTF_8)));
                  return Sql.first(
                          connection,
                          "select signed from mandate where digest = ?",
                          row -> row.getString(1),
                          current.document().mandate().orElseThrow().digest())
                      .orElseThrow();
                });
    var verdict =
        TestKeys.check().check(signed.getBytes(UTF_8), Mandate.TYPE, Mandate.MAX_SIGNED_BYTES);
    if (verdict instanceof OrderCheck.Trusted(String payload, String _)
        && Mandate.parse(payload) instanceof Parsed.Ok<Mandate>(Mandate mandate)) {
      return mandate;
    }
    throw new AssertionError(verdict.toString());
  }
}
