package io.edgeflow.cloud.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.deploy.DesiredDesk.Issued;
import io.edgeflow.cloud.deploy.DesiredDesk.Outcome;
import io.edgeflow.cloud.deploy.DesiredDesk.Refused;
import io.edgeflow.cloud.deploy.DesiredDesk.Unchanged;
import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.store.ReportedDesk;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.PayloadKind;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.ReportedModel;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What edges are told, by which number, and what the cloud remembers of what they said. */
final class DesiredIT {
  private static final String ONE = "11".repeat(32);
  private static final String TWO = "22".repeat(32);
  private static final Cause ADA = new Cause("ada", "it smells");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2025-11-21T12:00:00Z"));
  private static final Map<String, byte[]> HEARD = new ConcurrentHashMap<>();

  private static Schema schema;
  private static Turns turns;
  private static DesiredDesk desk;
  private static Deployments deployments;
  private static ReportedDesk reports;

  @BeforeAll
  static void start() throws Exception {
    schema = Schema.create();
    turns = new Turns(schema.database());
    desk = new DesiredDesk(TestKeys.authority(), CLOCK);
    deployments =
        new Deployments(schema.database(), TestKeys.authority(), new TestRegistry(), CLOCK)
            .start(List.of(HEARD::put));
    reports = ReportedDesk.start(schema.database(), CLOCK, deployments.ear());
  }

  @AfterAll
  static void stop() {
    deployments.close();
    reports.close();
    schema.close();
  }

  private static TestEdge edge(String name) throws Exception {
    schema.execute("insert into edge (name) values ('" + name + "')");
    return new TestEdge(name, _ -> TestEdge.Fate.GOOD);
  }

  private static DesiredSlot slot(String slot, String digest) {
    return new DesiredSlot(
        PayloadKind.MODEL,
        slot,
        digest.isEmpty() ? "" : "wear",
        digest.isEmpty() ? "" : "1.0",
        digest,
        "r1",
        Duration.ofSeconds(60),
        Duration.ofSeconds(600));
  }

  private static Outcome tell(TestEdge edge, String digest) throws Exception {
    Outcome outcome = turns.take(c -> desk.slot(c, edge.name(), slot("health", digest)));
    deployments.published();
    return outcome;
  }

  private static void hears(TestEdge edge, long number) throws Exception {
    Await.until(
        "document " + number + " of " + edge.name(),
        () -> {
          byte[] signed = HEARD.get(edge.name());
          if (signed != null) {
            edge.offered(signed);
          }
          return edge.number() == number;
        });
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static byte[] signed(String edge) {
    return Objects.requireNonNull(HEARD.get(edge));
  }

  private static void say(TestEdge edge) throws Exception {
    say(edge.report());
  }

  /** Returns when it is written down. */
  private static void say(Reported reported) throws Exception {
    assertTrue(reports.offer(reported));
    Await.until("the report", () -> told(reported.edge()).equals("" + reported.timeMicros()));
  }

  private static String told(String edge) throws Exception {
    return schema.one(
        "select coalesce(max(document ->> 'timeMicros'), '') from reported join edge on edge_id ="
            + " id where name = '"
            + edge
            + "'");
  }

  private static String history(String edge) throws Exception {
    return schema.one(
        "select coalesce(string_agg(what, ',' order by id), '') from deploy_history where edge = '"
            + edge
            + "'");
  }

  @Test
  void numbersRiseAndEachDocumentSaysAllOfIt() throws Exception {
    TestEdge edge = edge("rise-1");
    assertEquals(1, assertInstanceOf(Issued.class, tell(edge, ONE)).number());
    hears(edge, 1);
    assertInstanceOf(Unchanged.class, tell(edge, ONE), "it is said already");
    assertEquals(2, assertInstanceOf(Issued.class, tell(edge, "")).number());
    hears(edge, 2);
    assertEquals("", edge.serving("health"));
    turns.take(c -> desk.slot(c, "rise-1", slot("other", TWO)));
    deployments.published();
    hears(edge, 3);
    assertEquals(TWO, edge.serving("other"));
    assertInstanceOf(Refused.class, turns.take(c -> desk.slot(c, "nobody", slot("health", ONE))));
  }

  /** The database was restored from a backup: the edge is further than the cloud knows. */
  @Test
  void risesAboveWhatAnEdgeReports() throws Exception {
    TestEdge edge = edge("restored-1");
    tell(edge, ONE);
    hears(edge, 1);
    edge.follow(41, TWO);
    say(edge);
    hears(edge, 42);
    assertEquals(ONE, edge.serving("health"), "the cloud's word counts, above the edge's number");
    assertEquals("overtaken", history("restored-1"));
    TestEdge stranger = edge("restored-2");
    stranger.follow(7, TWO);
    say(stranger);
    tell(stranger, ONE);
    hears(stranger, 8);
  }

  /** The history is never shortened: an edge that goes on like this must not fill the disk. */
  @Test
  void tellsOnceADayThatAnEdgeIsFurther() throws Exception {
    TestEdge edge = edge("further-1");
    tell(edge, ONE);
    for (long number = 1; number < 100; number += 30) {
      hears(edge, number);
      edge.follow(number + 29, TWO);
      say(edge);
    }
    hears(edge, 121);
    assertEquals("overtaken", history("further-1"));
    Instant tomorrow = CLOCK.instant().plus(Duration.ofHours(25));
    var later = new DesiredDesk(TestKeys.authority(), InstantSource.fixed(tomorrow));
    schema.execute(
        "update deploy_heard set number = 150 where edge_id = (select id from edge where name ="
            + " 'further-1')");
    turns.take(c -> later.answer(c, "further-1"));
    assertEquals("overtaken,overtaken", history("further-1"));
  }

  @Test
  void showsAConflictAndLeavesItToAPerson() throws Exception {
    TestEdge edge = edge("conflict-1");
    tell(edge, ONE);
    edge.follow(1, TWO);
    say(edge);
    say(edge);
    assertEquals("conflict", history("conflict-1"), "once");
    deployments.switches().disable("conflict-model", ADA);
    say(edge);
    deployments.switches().enable("conflict-model", ADA);
    assertEquals(1, edge.number());
    assertInstanceOf(Issued.class, deployments.switches().reissue("conflict-1", ADA));
    Await.until("a higher number", () -> edge.offered(signed("conflict-1")) || edge.number() > 1);
    assertEquals(ONE, edge.serving("health"));
  }

  @Test
  void wordsThatComeLateOrTwiceMeanNothing() throws Exception {
    TestEdge edge = edge("late-1");
    tell(edge, ONE);
    hears(edge, 1);
    Reported early = edge.report();
    say(early);
    tell(edge, TWO);
    hears(edge, 2);
    Reported newer = edge.report();
    say(newer);
    assertTrue(reports.offer(early));
    say(edge("late-3"));
    assertEquals("" + newer.timeMicros(), told("late-1"), "numbers rise within a start");
    edge.restart();
    Reported last = edge.report();
    say(last);
    assertTrue(reports.offer(early));
    // Reports are taken in turn: when this one is there, the late one was looked at.
    TestEdge other = edge("late-2");
    say(other);
    assertEquals("" + last.timeMicros(), told("late-1"));
    assertEquals(
        "2",
        schema.one(
            "select highest from deploy_heard h join edge e on id = edge_id where name ="
                + " 'late-1'"));
  }

  @Test
  void givesARefusalBackToAnEdgeThatForgotItAndNeverAsksForItAgain() throws Exception {
    TestEdge edge = edge("deny-1");
    edge.deny(ONE);
    edge.serves("wear", 17);
    say(edge);
    assertInstanceOf(Refused.class, tell(edge, ONE));
    edge.reimage();
    assertEquals(Set.of(), edge.denied());
    say(edge);
    hears(edge, 1);
    assertEquals(Set.of(ONE), edge.denied());
    assertEquals(Map.of("wear", 17L), edge.floors());
    say(edge);
    tell(edge, TWO);
    hears(edge, 2);

    assertInstanceOf(Issued.class, deployments.switches().forgive("deny-1", ONE, ADA));
    say(edge);
    assertInstanceOf(Issued.class, tell(edge, ONE), "an old word does not deny it again");
    hears(edge, 4);
    assertEquals(Set.of(), edge.denied());
    assertEquals(ONE, edge.serving("health"));
    say(edge);
    edge.deny(ONE);
    say(edge);
    assertInstanceOf(Refused.class, tell(edge, ONE), "forgiven once, not for ever");
    edge.reimage();
    say(edge);
    Await.until(
        "what it refused",
        () -> {
          edge.offered(signed("deny-1"));
          return edge.denied().equals(Set.of(ONE));
        });
  }

  /** In its life it served more models than a document may name, or than it remembers itself. */
  @Test
  void givesBackTheFloorsOfWhatIsAskedForAndOthersWhereThereIsRoom() throws Exception {
    TestEdge edge = edge("floors-1");
    IntStream.range(10, 25).forEach(i -> edge.serves("model-" + i, 1_000 + i));
    say(edge);
    schema.execute(
        "insert into bundle_floor select id, 'model-' || i, 1000 + i from edge, generate_series(25,"
            + " 89) i where name = 'floors-1'");
    schema.execute(
        "insert into bundle_floor select id, 'wear', 17 from edge where name = 'floors-1'");
    assertInstanceOf(Issued.class, tell(edge, ONE));
    hears(edge, 1);
    assertEquals(17L, edge.floors().get("wear"), "though it is the lowest of all");
    assertEquals(16, edge.floors().size(), "another would drive out what it knows");
    say(edge);
    boolean again = turns.look(c -> desk.mustSpeak(c, "floors-1"));
    assertFalse(again, "not for what nobody asks for");
    edge.reimage();
    say(edge);
    hears(edge, 1);
    assertEquals(Map.of("wear", 17L), edge.floors(), "there was no room for others");
    tell(edge, TWO);
    hears(edge, 2);
    assertEquals(16, edge.floors().size());
    assertEquals(17L, edge.floors().get("wear"));
    assertEquals(1_089L, edge.floors().get("model-89"), "the newest");
  }

  /** The way back to what an edge reported names no model. */
  @Test
  void givesBackTheFloorOfABundleThatIsAskedForByItsDigestAlone() throws Exception {
    TestEdge edge = edge("floors-2");
    String digest = "33".repeat(32);
    schema.execute(
        "insert into bundle values ('%s', 'leak', '1', 5, 262144, 1, '', 'ada', now(), true)"
            .formatted(digest));
    schema.execute(
        "insert into model_version values ('leak', '1', 'model', 5, '%s', 'ada', now())"
            .formatted(digest));
    IntStream.range(0, 16).forEach(i -> edge.serves("model-" + i, 1_000));
    say(edge);
    schema.execute(
        "insert into bundle_floor select id, 'leak', 9 from edge where name = 'floors-2'");
    DesiredSlot unnamed =
        new DesiredSlot(
            PayloadKind.MODEL, "health", "", "", digest, "r1", Duration.ZERO, Duration.ZERO);
    turns.take(c -> desk.slot(c, "floors-2", unnamed));
    deployments.published();
    hears(edge, 1);
    assertEquals(9L, edge.floors().get("leak"));
  }

  /** Else the report would write down, after the person's word, what that has just removed. */
  @Test
  void forgivingWaitsForAReportOfTheSameEdge() throws Exception {
    TestEdge edge = edge("forgive-1");
    say(edge);
    edge.deny(ONE);
    var forgiving =
        new FutureTask<Outcome>(() -> deployments.switches().forgive("forgive-1", ONE, ADA));
    try (Connection report = schema.database().getConnection()) {
      report.setAutoCommit(false);
      int id = Integer.parseInt(schema.one("select id from edge where name = 'forgive-1'"));
      Deployment said = edge.report().deployment().orElseThrow();
      assertTrue(HeardTable.note(report, id, "forgive-1", said, CLOCK.instant()));
      Thread.ofPlatform().start(forgiving);
      Await.until("somebody waits, or nobody does", () -> forgiving.isDone() || isRowAwaited());
      report.commit();
    }
    assertInstanceOf(Issued.class, forgiving.get(30, TimeUnit.SECONDS));
    assertInstanceOf(Issued.class, tell(edge, ONE), "it stays forgiven");
  }

  private static boolean isRowAwaited() throws Exception {
    return !schema
        .one(
            "select count(*) from pg_locks l join pg_stat_activity a using (pid)"
                + " where not granted and locktype = 'transactionid'"
                + " and datname = current_database()")
        .equals("0");
  }

  @Test
  void disablesAModelEverywhereUntilItIsEnabled() throws Exception {
    TestEdge old = edge("switch-1");
    say(old);
    assertTrue(deployments.switches().disable("pump", ADA).told() >= 1);
    assertFalse(deployments.switches().disable("pump", ADA).changed());
    hears(old, 1);
    assertEquals(List.of("pump"), old.disabled());
    TestEdge late = edge("switch-2");
    say(late);
    hears(late, 1);
    assertEquals(List.of("pump"), late.disabled(), "also who comes later");
    deployments.switches().enable("pump", ADA);
    hears(old, 2);
    assertEquals(List.of(), old.disabled());
  }

  @Test
  void knowsTheModelsThatAreSomewhere() throws Exception {
    TestEdge edge = edge("names-1");
    tell(edge, ONE); // The model wear, in the slot health.
    hears(edge, 1);
    say(edge);
    assertEquals(Optional.empty(), turns.look(c -> ModelNames.objection(c, "wear")));
    String near = turns.look(c -> ModelNames.objection(c, "waer")).orElseThrow();
    assertTrue(near.endsWith("has the name waer; did you mean wear?"), near);
    String slot = turns.look(c -> ModelNames.objection(c, "health")).orElseThrow();
    assertTrue(slot.endsWith("; the slot health runs wear"), slot);
    deployments.switches().disable("unheard-of", ADA);
    assertEquals(Optional.empty(), turns.look(c -> ModelNames.objection(c, "unheard-of")));
    deployments.switches().enable("unheard-of", ADA);
    String far = turns.look(c -> ModelNames.objection(c, "unheard-of")).orElseThrow();
    assertTrue(far.endsWith("has the name unheard-of"), far);
  }

  /** Where some found no room, nobody knows which there are. */
  @Test
  void readsTheSlotsOfAnEdgeUnlessSomeWereLeftOut() throws Exception {
    TestEdge edge = edge("slots-1");
    say(edge);
    assertEquals(Set.of(), slots("slots-1"));
    say(withModel(edge.report(), 0));
    assertEquals(Set.of("level"), slots("slots-1"));
    say(withModel(edge.report(), 1));
    assertEquals(Set.of(), slots("slots-1"));
  }

  private static Reported withModel(Reported said, int omitted) {
    var model =
        new ReportedModel("level", "", "m", "1", ONE, "cpu", "serving", "", "", 0, 0, 0, 0, 0);
    return new Reported(
        said.edge(),
        said.version(),
        said.timeMicros(),
        said.software(),
        List.of(model),
        omitted,
        said.deployment());
  }

  private static Set<String> slots(String edge) throws Exception {
    return turns.look(FleetReader::edges).stream()
        .filter(view -> view.edge().equals(edge))
        .findFirst()
        .orElseThrow()
        .slots();
  }

  /** Nothing can be said above it; whoever claims it must harm nobody but itself. */
  @Test
  void anEdgeThatClaimsTheLastOfAllNumbersHoldsUpNobodyElse() throws Exception {
    TestEdge other = edge("last-2");
    say(other);
    TestEdge edge = edge("last-1");
    tell(edge, ONE);
    hears(edge, 1);
    edge.follow(Long.MAX_VALUE, TWO);
    say(edge);
    String reason = assertInstanceOf(Refused.class, tell(edge, TWO)).reason();
    assertTrue(reason.contains("no number is above"), reason);
    Switches.Done done = deployments.switches().disable("last-model", ADA);
    assertEquals(Set.of("last-1"), done.refused().keySet());
    hears(other, 1);
    assertEquals(List.of("last-model"), other.disabled());
    deployments.switches().enable("last-model", ADA);
  }

  /** Of all who spoke, not only of the one at whom the database went away. */
  @Test
  void answersEachHelloThoughTheDatabaseGoesAwayBetweenTwo() throws Exception {
    List<String> names = List.of("hello-1", "hello-2", "hello-3", "hello-4");
    for (String name : names) {
      tell(edge(name), ONE);
    }
    var database = new CutDatabase(schema.database());
    var heard = new ConcurrentHashMap<String, Integer>();
    var othersSpoke = new CountDownLatch(1);
    DeployChannel channel =
        (edge, _) -> {
          if (heard.merge(edge, 1, Integer::sum) == 2 && edge.equals("hello-1")) {
            awaitAll(othersSpoke);
            // Four statements look for news, twice; then the next one is answered.
            database.cutAfter(9);
          }
        };
    DesiredFeed feed = DesiredFeed.start(new Turns(database.source()), desk, List.of(channel));
    try {
      Await.until("all that is retained", () -> heard.keySet().containsAll(names));
      feed.spoke("hello-1", true);
      Await.until("the first is answered", () -> heard.getOrDefault("hello-1", 0) == 2);
      names.forEach(name -> feed.spoke(name, true));
      othersSpoke.countDown();
      Await.until("the cut", database::wasCut);
      database.cutAfter(Long.MAX_VALUE);
      for (String name : names.subList(1, 4)) {
        Await.until("an answer to " + name, () -> heard.getOrDefault(name, 0) == 2);
      }
    } finally {
      feed.close();
    }
  }

  /** Thirty-two refusals and some slots are more than fits: what protects least is left out. */
  @Test
  void keepsDocumentsShortAndRefusesThoseThatCannotBe() throws Exception {
    TestEdge edge = edge("long-1");
    IntStream.range(0, 32).forEach(i -> edge.deny("%064x".formatted(i)));
    say(edge);
    edge.reimage();
    say(edge);
    hears(edge, 1);
    assertTrue(edge.denied().size() > 20, () -> "given back: " + edge.denied().size());
    Outcome last = new Unchanged();
    for (int i = 0; i < 32 && !(last instanceof Refused); i++) {
      String name = "slot-" + i + "-" + "x".repeat(100);
      last = turns.take(c -> desk.slot(c, "long-1", slot(name, TWO)));
    }
    String reason = assertInstanceOf(Refused.class, last).reason();
    assertTrue(reason.contains("4096 bytes"), reason);
    assertInstanceOf(Issued.class, tell(edge, ONE), "what could be said before can still be");
  }

  @Test
  void saysWhyEdgesWouldNotListen() throws Exception {
    Instant now = CLOCK.instant();
    assertTrue(TestKeys.authority().objection(now).isEmpty());
    var other = TestKeys.document(3, SigningKey.generate().verifying());
    String objection = TestKeys.authority(other).objection(now).orElseThrow();
    assertTrue(objection.contains("is no controller of key document 3"), objection);
    edge("mute-1");
    var mute = new DesiredDesk(TestKeys.authority(other), CLOCK);
    Outcome outcome = turns.take(c -> mute.slot(c, "mute-1", slot("health", ONE)));
    assertEquals(objection, assertInstanceOf(Refused.class, outcome).reason());
  }
}
