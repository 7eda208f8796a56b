package io.edgeflow.cloud.query;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What alarms are, as edges told; and what came too late to be one each. */
final class AlarmsIT {
  private static final long MINUTE = Plant.MINUTE;
  private static final String WHO = "{\"who\":\"ada\",\"why\":\"seen\"}";

  /** When things arrive; a day after what {@link Plant} starts with. */
  private static final AtomicLong ARRIVED = new AtomicLong(Plant.START + 24 * 60 * MINUTE);

  private static ServedCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(() -> Instant.EPOCH.plusNanos(ARRIVED.get() * 1000));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  /** Three edges were away for hours and bring 500 alarms, in whatever order, some twice. */
  @Test
  void aFloodOfLateAlarmsIsOneDigestForEachSite() throws Exception {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    List<Frame> frames = new ArrayList<>();
    for (String edge : List.of("flood-1", "flood-2", "flood-3")) {
      var plant = new Plant(edge, random);
      greet(plant, edge.equals("flood-3") ? "dry" : "wet");
      int count = edge.equals("flood-1") ? 480 : 10;
      for (int i = 0; i < count; i += 10) {
        frames.add(plant.events(flood(edge, i)));
      }
    }
    frames.addAll(frames.subList(0, 20));
    Collections.shuffle(frames, random);
    cloud.store(frames.toArray(Frame[]::new));
    cloud.store(frames.get(3));
    ARRIVED.addAndGet(1_000_000);

    JsonNode wet = digest("flood-1");
    assertEquals("wet", wet.get("site").asText());
    assertEquals(490, wet.get("alarms").asInt(), wet::toString);
    assertEquals(490, wet.get("events").asInt());
    assertEquals("[\"flood-1\",\"flood-2\"]", wet.get("edges").toString());
    assertEquals("critical", wet.get("priority").asText());
    assertEquals("alarm", wet.get("severity").asText());
    assertEquals(490, wet.get("standing").asInt());
    assertEquals((Plant.START + MINUTE) / 1000, wet.get("from").asLong());
    assertEquals((Plant.START + 480 * MINUTE) / 1000, wet.get("to").asLong());
    assertEquals(
        "[{\"name\":\"flow.h\",\"alarms\":489},{\"name\":\"flow.hh\",\"alarms\":1}]",
        wet.get("rules").toString());
    assertEquals(10, digest("flood-3").get("alarms").asInt());

    JsonNode open = cloud.get("/api/v1/alarms?edge=flood-1,flood-2,flood-3");
    assertEquals(0, open.get("total").asInt(), "each is in a digest");
    assertEquals(2, open.get("digests").size());
    assertEquals(
        500,
        cloud.get("/api/v1/alarms?late=true&edge=flood-1,flood-2,flood-3").get("total").asInt());

    JsonNode events = cloud.get("/api/v1/events?edge=flood-1&limit=1000").get("events");
    assertEquals(1, events.size(), events::toString);
    assertEquals(wet.get("id").asText(), events.at("/0/id").asText());
    assertEquals("alarm-digest", events.at("/0/type").asText());
    assertEquals("490", events.at("/0/detail/alarms").asText());
    assertTrue(events.at("/0/message").asText().startsWith("490 alarms of 2 edges of site wet"));
    assertEquals(480, events("edge=flood-1&late=true"));
    assertEquals(480, events("series=flood-1/pump-1/flow&late=true"));
    assertEquals(0, events("series=flood-1/*"));
    assertEquals(490, events("digest=" + wet.get("id").asText()));
    assertEquals(0, events("edge=flood-1&severity=info"));
    assertEquals(1, events("edge=flood-1&type=alarm-dig*"));
    assertEquals(0, events("edge=flood-1&type=alarm-raised"));
  }

  @Test
  void whatIsTrueNowStandsAloneWhateverCameLateBefore() throws Exception {
    var plant = new Plant("mixed-1", new Random(1));
    greet(plant, "mixed");
    cloud.store(plant.events(raised(Plant.START, "a"), raised(Plant.START, "b")));
    cloud.store(
        plant.events(
            raised(ARRIVED.get() - 16 * MINUTE, "c"),
            raised(ARRIVED.get() - 14 * MINUTE, "d"),
            returned(ARRIVED.get() - MINUTE, "a")));
    assertEquals(List.of("a returned-unacknowledged", "d unacknowledged"), alarms("mixed-1"));
    assertEquals(3, digest("mixed-1").get("alarms").asInt());
    assertEquals(2, digest("mixed-1").get("standing").asInt());
    cloud.store(plant.events(normal(ARRIVED.get(), "a"), normal(ARRIVED.get(), "d")));
    assertEquals(List.of(), alarms("mixed-1"));
  }

  @Test
  void whatComesAfterAWhileOrAnAnswerIsAnotherDigest() throws Exception {
    var plant = new Plant("again-1", new Random(1));
    greet(plant, "again");
    cloud.store(plant.events(raised(Plant.START, "a")));
    ARRIVED.addAndGet(9 * MINUTE);
    cloud.store(plant.events(raised(Plant.START + 1000, "b")));
    assertEquals(1, digests("again-1").size());
    ARRIVED.addAndGet(11 * MINUTE);
    cloud.store(plant.events(raised(Plant.START + 2000, "c")));
    assertEquals(2, digests("again-1").size());
    String id = digests("again-1").at("/0/id").asText();
    JsonNode answered = json(cloud.post("/api/v1/alarms/" + id + "/ack", WHO));
    assertEquals("ada", answered.at("/acknowledgedInCloud/who").asText());
    cloud.store(plant.events(raised(Plant.START + 3000, "d")));
    assertEquals(2, digests("again-1").size(), "the answered one is not shown");
    assertFalse(digests("again-1").toString().contains("ada"));
    assertEquals(3, cloud.get("/api/v1/alarms?all=true&edge=again-1").get("digests").size());
  }

  /** The edge's last word counts, by when it said it, in whatever order its words come. */
  @Test
  void anAlarmIsWhatItsEdgeSaidLast() throws Exception {
    long now = ARRIVED.get();
    EventRow late = returned(now - 5 * MINUTE, "a");
    var detail = new TreeMap<>(late.detail());
    detail.put("noticed", Long.toString(now / 1000 - 30_000));
    detail.put("state", "normal");
    List<EventRow> words =
        List.of(
            raised(now - 6 * MINUTE, "a"),
            Plant.alarm("alarm-acknowledged", now - MINUTE, "a", "flow.h", "high", "acknowledged"),
            new EventRow(
                late.timeMicros(), late.severity(), late.type(), late.series(), "over", detail));
    for (int order = 0; order < 6; order++) {
      String edge = "order-" + order;
      List<EventRow> shuffled = new ArrayList<>(words);
      Collections.rotate(shuffled, order);
      if (order > 2) {
        Collections.reverse(shuffled);
      }
      var plant = new Plant(edge, new Random(order));
      for (EventRow word : shuffled) {
        cloud.store(plant.events(word));
      }
      assertEquals(List.of(), alarms(edge), edge);
      JsonNode all = cloud.get("/api/v1/alarms?all=true&edge=" + edge).at("/alarms/0");
      assertEquals("normal", all.get("state").asText());
      assertEquals(edge + "/pump-1/flow", all.get("series").asText());
    }
  }

  /** A clock that was years ahead for a moment must not silence an alarm for years. */
  @Test
  void aWordFromTheFutureHoldsNoLongerThanItsEdgeIsSilent() throws Exception {
    var plant = new Plant("future-1", new Random(1));
    EventRow wrong = normal(ARRIVED.get() + 64 * 365 * 24 * 60 * MINUTE, "a");
    cloud.store(plant.events(raised(ARRIVED.get() - MINUTE, "a"), wrong));
    assertEquals(List.of(), alarms("future-1"));
    ARRIVED.addAndGet(MINUTE);
    cloud.store(plant.events(raised(ARRIVED.get() - 1, "a")));
    assertEquals(List.of("a unacknowledged"), alarms("future-1"));
  }

  /** 800 MB of them: whoever asks for one of them costs the memory of one. */
  @Test
  void alarmsThatAreNotShownAreOnlyCounted() throws Exception {
    var plant = new Plant("many-1", new Random(1));
    cloud.store(plant.events(raised(ARRIVED.get(), "a")));
    String edge = "edge_id = (select id from edge where name = 'many-1')";
    cloud
        .schema()
        .execute(
            """
            insert into alarm
            select edge_id, 'a' || n, series, rule, condition, limit_at, value, priority, state,
              raised, repeat('x', 8192), time, said, ledger_id, frame, row, digest
            from alarm, generate_series(1, 100000) n where
            """
                + edge);
    try {
      JsonNode answer = cloud.get("/api/v1/alarms?edge=many-1&limit=1");
      assertEquals(100_001, answer.get("total").asInt());
      assertEquals(1, answer.get("alarms").size());
    } finally {
      cloud.schema().execute("delete from alarm where " + edge);
    }
  }

  @Test
  void wordsOfOneInstantCountInTheirOrder() throws Exception {
    var plant = new Plant("instant-1", new Random(1));
    cloud.store(plant.events(raised(ARRIVED.get(), "a"), normal(ARRIVED.get(), "a")));
    assertEquals(List.of(), alarms("instant-1"));
    cloud.store(plant.events(normal(ARRIVED.get(), "a"), raised(ARRIVED.get(), "a")));
    assertEquals(List.of("a unacknowledged"), alarms("instant-1"));
    EventRow gone =
        Plant.alarm("alarm-removed", ARRIVED.get() + 1000, "a", "flow.h", "high", "unacknowledged");
    cloud.store(plant.events(gone));
    assertEquals(0, cloud.get("/api/v1/alarms?all=true&edge=instant-1").get("total").asInt());
  }

  @Test
  void acknowledgesForThePeopleHereAndLeavesTheEdgeAsItIs() throws Exception {
    var plant = new Plant("ack-1", new Random(1));
    cloud.store(plant.events(raised(ARRIVED.get(), "a"), normal(ARRIVED.get(), "b")));
    JsonNode done = json(cloud.post("/api/v1/alarms/ack-1:a/ack", WHO));
    assertEquals("unacknowledged", done.get("state").asText(), "as its edge says");
    assertEquals("ada", done.at("/acknowledgedInCloud/who").asText());
    assertEquals("seen", done.at("/acknowledgedInCloud/why").asText());
    json(cloud.post("/api/v1/alarms/ack-1:a/ack", "{\"who\":\"bob\"}"));
    JsonNode first = cloud.get("/api/v1/alarms?edge=ack-1").at("/alarms/0/acknowledgedInCloud");
    assertEquals("ada", first.get("who").asText(), "who came first");
    assertEquals(409, cloud.post("/api/v1/alarms/ack-1:b/ack", WHO).statusCode());
    assertEquals(404, cloud.post("/api/v1/alarms/ack-1:c/ack", WHO).statusCode());
    assertEquals(404, cloud.post("/api/v1/alarms/digest-999999/ack", WHO).statusCode());
    assertEquals(400, cloud.post("/api/v1/alarms/a/ack", WHO).statusCode());
    assertEquals(400, cloud.post("/api/v1/alarms/ack-1:a/ack", "{\"why\":\"x\"}").statusCode());
    assertEquals(400, cloud.post("/api/v1/alarms/ack-1:a/ack", "{\"hwo\":\"x\"}").statusCode());
    cloud.store(plant.events(raised(ARRIVED.get() + 60_000_000, "a")));
    assertTrue(
        cloud.get("/api/v1/alarms?edge=ack-1").at("/alarms/0/acknowledgedInCloud").isNull(),
        "it was raised again: somebody must look again");
  }

  @Test
  void acknowledgesNothingThatNobodySaw() throws Exception {
    var plant = new Plant("seen-1", new Random(1));
    greet(plant, "seen");
    long now = ARRIVED.get();
    cloud.store(plant.events(raised(now, "a"), raised(Plant.START, "late-a")));
    JsonNode before = digest("seen-1");
    String digest = "/api/v1/alarms/" + before.get("id").asText() + "/ack";
    ARRIVED.addAndGet(MINUTE);
    cloud.store(plant.events(raised(now + MINUTE, "a"), raised(Plant.START, "late-b")));
    assertEquals(409, cloud.post("/api/v1/alarms/seen-1:a/ack", seen(now / 1000)).statusCode());
    assertEquals(409, cloud.post(digest, seen(before.get("updated").asLong())).statusCode());
    assertEquals(400, cloud.post(digest, "{\"who\":\"ada\",\"seen\":\"x\"}").statusCode());
    json(cloud.post("/api/v1/alarms/seen-1:a/ack", seen((now + MINUTE) / 1000)));
    json(cloud.post(digest, seen(digest("seen-1").get("updated").asLong())));
    json(cloud.post(digest, seen(before.get("updated").asLong())));
  }

  /** An alarm joins no digest that somebody acknowledges at the same time. */
  @Test
  void whatComesWhileADigestIsAcknowledgedIsAnother() throws Exception {
    var plant = new Plant("race-1", new Random(1));
    greet(plant, "race");
    cloud.store(plant.events(raised(Plant.START, "a")));
    String id = digest("race-1").get("id").asText().replace("digest-", "");
    Thread storing;
    try (Connection person = cloud.schema().database().getConnection();
        Statement says = person.createStatement()) {
      person.setAutoCommit(false);
      says.execute("update alarm_digest set acknowledged = now() where id = " + id);
      Frame frame = plant.events(raised(Plant.START, "b"));
      storing = Thread.ofVirtual().start(() -> assertDoesNotThrow(() -> cloud.store(frame)));
      String waiting =
          "select count(*) from pg_stat_activity"
              + " where datname = current_database() and wait_event_type = 'Lock'";
      Await.until("the writer waits", () -> cloud.schema().one(waiting).equals("1"));
      person.commit();
    }
    storing.join();
    assertEquals(1, digest("race-1").get("alarms").asInt());
    assertEquals(1, digests("race-1").size());
  }

  /** No index holds a name of 32 KB: such a frame is refused, and those beside it are not. */
  @Test
  void anAlarmThatCannotBeKeptHoldsUpNoOther() throws Exception {
    var random = new Random(7);
    String endless =
        random.ints(8_000, 0x4e00, 0x9fff).mapToObj(Character::toString).collect(joining());
    var hostile = new Plant("poison-1", random);
    var plant = new Plant("beside-1", random);
    cloud.store(
        plant.events(raised(ARRIVED.get(), "a")),
        hostile.events(raised(ARRIVED.get(), endless)),
        hostile.events(
            Plant.alarm("alarm-raised", Plant.START, "b", endless, "high", "unacknowledged")),
        hostile.events(raised(-62_135_596_800_000_000L, "first"), raised(ARRIVED.get(), "c")),
        plant.events(raised(ARRIVED.get(), "d")));
    assertEquals(List.of("a unacknowledged", "d unacknowledged"), alarms("beside-1"));
    assertEquals(List.of("c unacknowledged"), alarms("poison-1"));
    String refused = "select count(*) from quarantine where edge = 'poison-1'";
    assertEquals("2", cloud.schema().one(refused));
    assertEquals(-62_135_596_800_000L, digest("poison-1").get("from").asLong());
  }

  @Test
  void namesWhatMakesNoSense() throws Exception {
    assertEquals(400, cloud.ask("/api/v1/events?digest=3").statusCode());
    assertEquals(400, cloud.ask("/api/v1/events?late=maybe").statusCode());
    assertEquals(400, cloud.ask("/api/v1/alarms?all=1").statusCode());
    assertEquals(405, cloud.ask("/api/v1/alarms/x:y/ack").statusCode());
  }

  private static EventRow[] flood(String edge, int from) {
    EventRow[] events = new EventRow[10];
    for (int i = 0; i < 10; i++) {
      boolean worst = edge.equals("flood-1") && from + i == 7;
      events[i] =
          Plant.alarm(
              "alarm-raised",
              Plant.START + (from + i + 1) * MINUTE,
              edge + "-" + (from + i),
              worst ? "flow.hh" : "flow.h",
              worst ? "critical" : "low",
              "unacknowledged");
    }
    return events;
  }

  private static EventRow raised(long micros, String alarm) {
    return Plant.alarm("alarm-raised", micros, alarm, "flow.h", "high", "unacknowledged");
  }

  private static EventRow returned(long micros, String alarm) {
    String state = "returned-unacknowledged";
    return Plant.alarm("alarm-returned", micros, alarm, "flow.h", "high", state);
  }

  private static EventRow normal(long micros, String alarm) {
    return Plant.alarm("alarm-returned", micros, alarm, "flow.h", "high", "normal");
  }

  private static String seen(long millis) {
    return "{\"who\":\"ada\",\"seen\":" + millis + "}";
  }

  private static void greet(Plant plant, String site) throws Exception {
    cloud.greet(
        new Hello(plant.edge(), "c1", site, Map.of(), "UTC", "test", List.of(1), 1, 1, List.of()));
  }

  private static JsonNode digests(String edge) throws Exception {
    return cloud.get("/api/v1/alarms?edge=" + edge).get("digests");
  }

  private static JsonNode digest(String edge) throws Exception {
    JsonNode digests = digests(edge);
    assertEquals(1, digests.size(), digests::toString);
    return digests.get(0);
  }

  private static int events(String filter) throws Exception {
    return cloud.get("/api/v1/events?limit=1000&" + filter).get("events").size();
  }

  private static List<String> alarms(String edge) throws Exception {
    JsonNode alarms = cloud.get("/api/v1/alarms?edge=" + edge).get("alarms");
    return StreamSupport.stream(alarms.spliterator(), false)
        .map(
            alarm ->
                alarm.get("id").asText().replace(edge + ":", "")
                    + " "
                    + alarm.get("state").asText())
        .sorted()
        .toList();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertEquals(200, answer.statusCode(), answer::body);
    return new JsonMapper().readTree(answer.body());
  }
}
