package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.Replaced;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the account says of each thing that may happen to a frame (L3, L7, L9). */
final class LedgerIT {
  private static ServedCloud cloud;
  private final Random random = new Random(4);

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  /** Its minutes were deleted by age: the audit finds it in the days, and says so. */
  @Test
  void auditsWhatCameBehindTheHorizon() throws Exception {
    Plant plant = new Plant("forgotten", random);
    cloud.store(plant.windows("pump/flow", Plant.window(0, 1, 2)));
    cloud.schema().execute("update rollup_horizon set minutes = '2025-11-01 00:00Z'");
    try {
      cloud.store(plant.windows("pump/flow", Plant.window(-60 * 24 * 60, 1, 2, 3)));
      JsonNode ledger = cloud.get("/api/v1/ledger?audit=true&edge=forgotten");
      assertEquals(2, ledger.at("/audit/0/inTables").asLong(), ledger.toString());
      assertEquals(3, ledger.at("/audit/0/rolledUpOnly").asLong());
      assertTrue(ledger.get("balances").asBoolean(), ledger.toString());
      JsonNode status = cloud.get("/api/v1/status");
      assertEquals(3, status.at("/rollups/rolledUpOnly").asLong(), status.toString());
      assertEquals(1_761_955_200_000L, status.at("/rollups/minutesSince").asLong());
    } finally {
      cloud.schema().execute("update rollup_horizon set minutes = '-infinity'");
    }
  }

  @Test
  void balancesBothIncarnationsOfCoarseFramesThatShareWhatTheyReplace() throws Exception {
    Plant old = new Plant("coarse", random);
    Plant now = new Plant("coarse", random);
    old.windows("pump/flow", Plant.window(0, 1, 1), Plant.window(1, 1, 1, 1));
    old.windows("pump/flow", Plant.window(2, 1, 1));
    now.windows("pump/flow", Plant.window(3, 1, 1, 1));
    Replaced[] replaced = {replaced(old, 1, 2), replaced(now, 1, 1)};
    Frame one = Plant.coarse(now.windows("pump/flow", window(4)), replaced);
    Frame two = Plant.coarse(now.windows("pump/flow", window(6)), replaced);
    greet(
        "coarse",
        held(old, null, 2, 7, new FateRange(1, 2, Fate.SUPERSEDED, 7)),
        held(now, old, 3, 13, new FateRange(1, 1, Fate.SUPERSEDED, 3)));
    cloud.store(one);
    assertTrue(ledger("coarse").get("balances").asBoolean());
    cloud.store(two);
    JsonNode ledger = ledger("coarse");
    assertEquals("balanced", ledger.at("/lanes/0/state").asText(), ledger.toString());
    assertEquals("balanced", ledger.at("/lanes/1/state").asText(), ledger.toString());
    assertEquals("{\"frames\":2,\"readings\":7}", ledger.at("/lanes/0/superseded").toString());
    assertEquals("{\"frames\":1,\"readings\":3}", ledger.at("/lanes/1/superseded").toString());
    assertEquals(10, ledger.at("/coarse/0/carried").asLong());
    assertEquals(10, ledger.at("/readings/accepted").asLong());
    assertTrue(ledger.get("balances").asBoolean(), ledger.toString());
  }

  /** The edge coarsened on a live link: the first coarse frames come before any hello tells. */
  @Test
  void waitsForCoarseFramesOfASetThatIsNotCompleteYet() throws Exception {
    Plant plant = new Plant("early", random);
    plant.windows("pump/flow", window(5));
    cloud.store(
        Plant.coarse(plant.windows("pump/flow", window(2)), replaced(plant, 1, 1)),
        Plant.coarse(plant.windows("pump/flow", window(2)), replaced(plant, 1, 1)));
    assertEquals("open", ledger("early").at("/lanes/0/state").asText());
    cloud.store(Plant.coarse(plant.windows("pump/flow", window(1)), replaced(plant, 1, 1)));
    assertEquals("balanced", ledger("early").at("/lanes/0/state").asText());
  }

  /** Some of what is replaced the edge has told of, some it numbered since. */
  @Test
  void keepsApartWhatTheEdgeToldAndWhatCoarseFramesBrought() throws Exception {
    Plant plant = new Plant("mixed", random);
    plant.windows("pump/flow", window(5));
    greet("mixed", held(plant, null, 1, 5, new FateRange(1, 1, Fate.SUPERSEDED, 5)));
    plant.windows("pump/flow", window(4));
    plant.windows("pump/flow", window(2));
    Replaced two = replaced(plant, 2, 2);
    Replaced oneAndThree = replaced(plant, 1, 1);
    cloud.store(
        Plant.coarse(plant.windows("pump/flow", window(3)), oneAndThree, replaced(plant, 3, 3)),
        Plant.coarse(plant.windows("pump/flow", window(4)), two));
    assertEquals("open", ledger("mixed").at("/lanes/0/state").asText());
    greet("mixed", held(plant, null, 5, 18, new FateRange(1, 3, Fate.SUPERSEDED, 11)));
    cloud.store(
        Plant.coarse(plant.windows("pump/flow", window(4)), oneAndThree, replaced(plant, 3, 3)));
    JsonNode ledger = ledger("mixed");
    assertEquals("balanced", ledger.at("/lanes/0/state").asText(), ledger.toString());
    assertEquals("{\"frames\":3,\"readings\":11}", ledger.at("/lanes/0/superseded").toString());
    assertEquals(11, ledger.at("/coarse/0/carried").asLong());
  }

  /** A second frame of a set that is told, while another set of the lane is not. */
  @Test
  void givesNoReadingsOfOneSetToAnother() throws Exception {
    Plant plant = new Plant("sets", random);
    plant.windows("pump/flow", window(5));
    greet("sets", held(plant, null, 1, 5, new FateRange(1, 1, Fate.SUPERSEDED, 5)));
    plant.windows("pump/flow", window(4));
    cloud.store(
        Plant.coarse(plant.windows("pump/flow", window(3)), replaced(plant, 1, 1)),
        Plant.coarse(plant.windows("pump/flow", window(4)), replaced(plant, 2, 2)),
        Plant.coarse(plant.windows("pump/flow", window(2)), replaced(plant, 1, 1)));
    JsonNode ledger = ledger("sets");
    assertEquals("{\"frames\":2,\"readings\":9}", ledger.at("/lanes/0/superseded").toString());
    assertEquals("balanced", ledger.at("/lanes/0/state").asText(), ledger.toString());
  }

  @Test
  void takesWhatTheEdgeToldOffACoarseFrameThatReplacesMore() throws Exception {
    Plant plant = new Plant("part", random);
    plant.windows("pump/flow", window(5));
    greet("part", held(plant, null, 1, 5, new FateRange(1, 1, Fate.SUPERSEDED, 5)));
    plant.windows("pump/flow", window(4));
    cloud.store(Plant.coarse(plant.windows("pump/flow", window(9)), replaced(plant, 1, 2)));
    JsonNode ledger = ledger("part");
    assertEquals("{\"frames\":2,\"readings\":9}", ledger.at("/lanes/0/superseded").toString());
    assertEquals("balanced", ledger.at("/lanes/0/state").asText(), ledger.toString());
  }

  @Test
  void noticesACoarseFrameThatLostAReading() throws Exception {
    Plant plant = new Plant("lossy", random);
    plant.windows("pump/flow", window(5));
    cloud.store(Plant.coarse(plant.windows("pump/flow", window(4)), replaced(plant, 1, 1)));
    greet("lossy", held(plant, null, 2, 9, new FateRange(1, 1, Fate.SUPERSEDED, 5)));
    JsonNode ledger = ledger("lossy");
    assertEquals(
        "{\"edge\":\"lossy\",\"lane\":\"window\",\"superseded\":5,\"carried\":4,\"outstanding\":0,"
            + "\"balances\":false}",
        ledger.at("/coarse/0").toString());
    assertFalse(ledger.get("balances").asBoolean());
  }

  @Test
  void noticesACoarseFrameThatCountsAReadingTwice() throws Exception {
    Plant plant = new Plant("double", random);
    plant.windows("pump/flow", window(5));
    cloud.store(Plant.coarse(plant.windows("pump/flow", window(6)), replaced(plant, 1, 1)));
    assertEquals("off", ledger("double").at("/lanes/0/state").asText());
    greet("double", held(plant, null, 2, 11, new FateRange(1, 1, Fate.SUPERSEDED, 5)));
    assertFalse(ledger("double").get("balances").asBoolean());
  }

  @Test
  void noticesReadingsThatARunningTotalHasAndNoFrame() throws Exception {
    Plant plant = new Plant("total", random);
    cloud.store(plant.windows("pump/flow", window(5)));
    greet("total", held(plant, null, 2, 9, new FateRange(2, 2, Fate.DROPPED, 3)));
    JsonNode ledger = ledger("total");
    assertEquals("off", ledger.at("/lanes/0/state").asText(), ledger.toString());
    assertFalse(ledger.get("balances").asBoolean());
  }

  /** A restored database: what neither side has any more is lost, by name, and stays so. */
  @Test
  void namesWhatIsGone() throws Exception {
    Plant plant = new Plant("gone", random);
    Frame one = plant.windows("pump/flow", window(1));
    plant.windows("pump/flow", window(2));
    plant.windows("pump/flow", window(3));
    Frame four = plant.windows("pump/flow", window(4));
    cloud.store(one);
    greet(
        "gone",
        held(
            plant,
            null,
            5,
            15,
            new FateRange(1, 2, Fate.COMMITTED, 3),
            new FateRange(3, 3, Fate.DROPPED, 3),
            new FateRange(4, 4, Fate.COMMITTED, 4)));
    cloud.store(four);
    greet("gone", held(plant, null, 5, 15, new FateRange(2, 3, Fate.DROPPED, 5)));
    JsonNode named = ledger("gone").get("named");
    assertEquals("dropped [[3,3]] 3", words(named.get(0)));
    assertEquals("lost [[2,2]] 2", words(named.get(1)));
    assertEquals("missing [[5,5]] 5", words(named.get(2)));
    assertEquals(3, named.size());
    assertTrue(ledger("gone").get("balances").asBoolean());
  }

  /** A copy of a running edge gave the same number to other content (J4). */
  @Test
  void countsContestedNumbersBesideTheSum() throws Exception {
    Plant plant = new Plant("twins", random);
    Plant copy = new Plant("twins", plant.incarnation());
    cloud.store(plant.windows("pump/flow", window(5)), copy.windows("pump/flow", window(3)));
    cloud.store(copy.windows("pump/flow", window(2)));
    JsonNode ledger = ledger("twins");
    assertEquals("contested", ledger.at("/lanes/0/state").asText(), ledger.toString());
    assertEquals("{\"frames\":1,\"readings\":3}", ledger.at("/lanes/0/contested").toString());
    assertEquals("contested [[1,1]] 3", words(ledger.at("/named/0")));
    assertTrue(ledger.get("balances").asBoolean(), ledger.toString());
  }

  @Test
  void saysWhereItCannotKnowTheTail() throws Exception {
    Plant first = new Plant("tail", random);
    Plant second = new Plant("tail", random);
    Plant third = new Plant("tail", random);
    cloud.store(first.windows("pump/flow", window(1)));
    assertEquals("unknown", tails(), "nobody ever said hello");
    greet("tail", held(first, null, 1, 1));
    assertEquals("open", tails());
    cloud.store(second.windows("pump/flow", window(1)));
    greet("tail", held(first, null, 1, 1), held(second, first, 1, 1));
    assertEquals("closed open", tails());
    cloud.store(third.windows("pump/flow", window(1)));
    greet("tail", held(third, null, 1, 1));
    assertEquals("closed unknown open", tails(), "the disk was replaced");
  }

  /** An incarnation that numbered nothing is named by nobody: its parent is over all the same. */
  @Test
  void closesWhatALaterStartSpeaksFor() throws Exception {
    Plant first = new Plant("skip", random);
    Plant third = new Plant("skip", random);
    HeldIncarnation now =
        new HeldIncarnation(third.incarnation(), Incarnation.random(random), List.of());
    cloud.store(first.windows("pump/flow", window(1)));
    greet("skip", third.incarnation() + "-1", held(first, null, 1, 1), now);
    assertEquals("closed", ledger("skip").at("/lanes/0/tail").asText());
  }

  @Test
  void givesTheSumsAloneWhereNoMoreIsWanted() throws Exception {
    Plant plant = new Plant("brief", random);
    cloud.store(plant.windows("pump/flow", window(5)));
    JsonNode whole = cloud.get("/api/v1/ledger?edge=brief");
    JsonNode brief = cloud.get("/api/v1/ledger?edge=brief&brief=true");
    assertEquals(1, whole.get("lanes").size());
    assertEquals(0, brief.get("lanes").size());
    assertEquals(5, brief.at("/readings/stored").asInt());
    assertEquals(whole.get("totals"), brief.get("totals"));
  }

  private static String tails() throws Exception {
    StringBuilder tails = new StringBuilder();
    ledger("tail")
        .get("lanes")
        .forEach(lane -> tails.append(' ').append(lane.get("tail").asText()));
    return tails.toString().strip();
  }

  private static String words(JsonNode named) {
    return named.get("fate").asText()
        + " "
        + named.get("ranges")
        + " "
        + named.get("readings").asText();
  }

  private static JsonNode ledger(String edge) throws Exception {
    return cloud.get("/api/v1/ledger?detail=true&edge=" + edge);
  }

  private static io.edgeflow.aggregator.window.Window window(int readings) {
    double[] values = new double[readings];
    return Plant.window(0, values);
  }

  private static Replaced replaced(Plant plant, long from, long to) {
    return new Replaced(plant.incarnation(), Lane.WINDOW, from, to);
  }

  private static HeldIncarnation held(
      Plant plant,
      @org.jspecify.annotations.Nullable Plant parent,
      long highest,
      long total,
      FateRange... fates) {
    return new HeldIncarnation(
        plant.incarnation(),
        parent == null ? null : parent.incarnation(),
        List.of(new HeldLane(Lane.WINDOW, highest, total, List.of(fates))));
  }

  private static int hellos;

  private static void greet(String edge, HeldIncarnation... held) throws Exception {
    greet(edge, "c" + ++hellos, held);
  }

  private static void greet(String edge, String connection, HeldIncarnation... held)
      throws Exception {
    cloud.greet(
        new Hello(
            edge, connection, "north", Map.of(), "UTC", "test", List.of(1), 1, 1, List.of(held)));
  }
}
