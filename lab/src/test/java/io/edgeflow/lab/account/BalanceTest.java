package io.edgeflow.lab.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BalanceTest {
  private static final String EDGE =
      """
      {"edge":"demo","received":110,"accepted":100,"folded":95,"duplicate":5,"conflict":1,
       "pending":0,"rejected":{"no-mapping":7},"refused":{"series-limit":3},"unstamped":9,
       "lanes":{
        "event":{"framed":{"frames":2,"readings":0},"delivered":{"frames":2,"readings":0},
                 "buffered":{"frames":0,"readings":0}},
        "window":{"framed":{"frames":10,"readings":95},"delivered":{"frames":10,"readings":95},
                  "buffered":{"frames":0,"readings":0}}}}
      """;
  private static final String CLOUD =
      """
      {"balances":true,
       "totals":{
        "event":{"committed":{"frames":2,"readings":0}},
        "window":{"committed":{"frames":10,"readings":95},"missing":{"frames":0,"readings":0},
                  "lost":{"frames":0,"readings":0}}},
       "audit":[{"edge":"demo","lane":"window","committed":95,"inTables":95}]}
      """;

  private final ObjectMapper mapper = new ObjectMapper();
  private ObjectNode edge = mapper.createObjectNode();
  private ObjectNode cloud = mapper.createObjectNode();

  @BeforeEach
  void read() throws Exception {
    edge = (ObjectNode) mapper.readTree(EDGE);
    cloud = (ObjectNode) mapper.readTree(CLOUD);
  }

  @Test
  void holdsWhereBothSidesAgree() {
    assertEquals(List.of(), off());
    assertTrue(EdgeAccount.of(edge).delivered());
  }

  @ParameterizedTest
  @CsvSource({
    "received, 111, edge: received = accepted + rejected + refused",
    "accepted, 99,  edge: accepted = folded + duplicate + pending",
    "pending,  1,   edge: nothing is pending",
    "folded,   94,  edge: folded = readings in window frames",
  })
  void failsWhereTheEdgeLosesCount(String key, long value, String rule) {
    edge.put(key, value);

    assertTrue(off().contains(rule), () -> off().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/totals/window/committed, frames,   9, window: frames delivered = committed in the cloud",
    "/totals/window/committed, readings, 96, window: readings delivered = committed in the cloud",
    "/totals/window/missing,   frames,   1, window: the cloud misses no frame",
    "/totals/window/lost,      frames,   1, window: the cloud lost no frame",
    "/audit/0, inTables, 190, window: readings committed = readings in the tables",
  })
  void failsWhereTheCloudHasSomethingElse(String at, String key, long value, String rule) {
    ((ObjectNode) cloud.at(at)).put(key, value);

    assertTrue(off().contains(rule), () -> off().toString());
  }

  @Test
  void failsWhereAFrameHasNoFate() {
    ((ObjectNode) edge.at("/lanes/window/framed")).put("frames", 11);

    assertTrue(off().contains("window: every numbered frame has its fate"));
  }

  @Test
  void countsOnceWhatTravelsOnInCoarserFrames() {
    ((ObjectNode) edge.at("/lanes/window/framed")).put("frames", 13).put("readings", 125);
    ((ObjectNode) edge.at("/lanes/window"))
        .set("superseded", mapper.createObjectNode().put("frames", 3).put("readings", 30));

    assertEquals(List.of(), off());
  }

  @Test
  void holdsWithLossesThatAreNamed() {
    ((ObjectNode) edge.at("/lanes/window/delivered")).put("frames", 8).put("readings", 75);
    ((ObjectNode) edge.at("/lanes/window"))
        .set("dropped", mapper.createObjectNode().put("frames", 2).put("readings", 20));
    ((ObjectNode) cloud.at("/totals/window/committed")).put("frames", 8).put("readings", 75);
    ((ObjectNode) cloud.at("/totals/window/lost")).put("frames", 2).put("readings", 20);
    ((ObjectNode) cloud.at("/audit/0")).put("inTables", 75);

    assertTrue(Balance.withLosses(EdgeAccount.of(edge), CloudAccount.of(cloud)).holds());
    assertFalse(balance().holds());
  }

  @Test
  void failsOnDocumentsThatSayNothing() {
    edge = mapper.createObjectNode();
    cloud = mapper.createObjectNode();

    assertFalse(balance().holds());
  }

  @Test
  void isNotDeliveredWhileAFrameIsBuffered() {
    ((ObjectNode) edge.at("/lanes/event/buffered")).put("frames", 1);

    assertFalse(EdgeAccount.of(edge).delivered());
  }

  @Test
  void tellsAPersonWhatIsOff() {
    edge.put("pending", 1);
    String text = LedgerTable.of(EdgeAccount.of(edge), CloudAccount.of(cloud), balance());

    assertTrue(text.contains("OFF  edge: nothing is pending: 1, 0"), text);
    assertTrue(text.contains("DOES NOT BALANCE"), text);
  }

  private List<String> off() {
    return balance().checks().stream().filter(c -> !c.holds()).map(Balance.Check::rule).toList();
  }

  private Balance balance() {
    return Balance.of(EdgeAccount.of(edge), CloudAccount.of(cloud));
  }
}
