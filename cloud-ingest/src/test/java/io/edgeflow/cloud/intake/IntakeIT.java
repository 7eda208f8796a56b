package io.edgeflow.cloud.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From an edge's connection to the database and back, over real sockets. */
@Order(2)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class IntakeIT {
  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private final Queue<Frame> live = new ConcurrentLinkedQueue<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Schema schema;
  private Intake intake;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    intake = start(BrokerSettings.of("127.0.0.1", 0));
  }

  @AfterEach
  void close() {
    intake.close();
    schema.close();
  }

  @Test
  void acknowledgesAFrameWhenItIsCommitted() throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2, 3));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(frame);
      Await.until("a verdict", () -> edge.verdict(frame.id()).isPresent());
      assertEquals(Optional.of(Verdict.COMMITTED), edge.verdict(frame.id()));
      assertEquals("3", schema.one("select count from edgeflow.window_1m"));
      Acknowledgement ack = edge.heard().getFirst();
      assertFalse(ack.full());
      assertTrue(ack.creditBytes() > 0);
      assertEquals(1, ack.frameVersion());
      assertTrue(
          ack.database()
              .startsWith(schema.one("select system_identifier from pg_control_system()") + "/1"),
          ack.database());
    }
    // It is told after the edge.
    Await.until("told live", () -> !live.isEmpty());
    assertEquals(List.of(frame.id()), live.stream().map(Frame::id).toList());
  }

  @Test
  void acknowledgesARepetitionAndCountsItOnce() throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2, 3));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(frame);
      Await.until("a verdict", () -> edge.verdict(frame.id()).isPresent());
      int before = edge.heard().size();
      edge.send(frame);
      Await.until("another", () -> edge.heard().size() > before);
      assertEquals(Optional.of(Verdict.COMMITTED), edge.verdict(frame.id()));
      assertEquals("3", schema.one("select count from sample_window"));
    }
  }

  @Test
  void tellsOfAConflict() throws Exception {
    Plant copy = new Plant("pi-7", plant.incarnation());
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2, 3));
    Frame other = copy.windows("pump/flow", Plant.window(0, 4));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(frame);
      edge.send(other);
      Await.until("conflict", () -> edge.verdict(frame.id()).equals(Optional.of(Verdict.CONFLICT)));
      assertEquals("3", schema.one("select count from sample_window"));
    }
  }

  /**
   * Two copies of an edge gave number 1 to different content, and both still wait for it: each is
   * told by what it sends, not by what the other sent (J4, L2).
   */
  @Test
  void tellsEachCopyOfAnEdgeWhatBecameOfItsOwnContent() throws Exception {
    Plant copy = new Plant("pi-7", plant.incarnation());
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2, 3));
    Frame other = copy.windows("pump/flow", Plant.window(0, 4));
    Frame next = plant.windows("pump/flow", Plant.window(1, 1));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(frame);
      edge.send(other);
      Await.until("conflict", () -> edge.verdict(frame.id()).equals(Optional.of(Verdict.CONFLICT)));
      edge.send(next);
      Await.until("a verdict", () -> edge.verdict(next.id()).isPresent());
      assertEquals(
          Optional.empty(),
          PahoEdge.verdict(edge.heard().getLast(), frame.id()),
          "whoever waits would take it for its own");
      edge.send(frame);
      Await.until(
          "committed", () -> edge.verdict(frame.id()).equals(Optional.of(Verdict.COMMITTED)));
      assertEquals(Optional.empty(), greet(edge), "it waits: then it shall send");
      FateRange claim = new FateRange(1, 1, Fate.COMMITTED, 3);
      assertEquals(Optional.of(Verdict.COMMITTED), greet(edge, claim));
      claim = new FateRange(1, 1, Fate.CONFLICT, 1);
      assertEquals(Optional.of(Verdict.CONFLICT), greet(edge, claim));
    }
  }

  /** The verdict on number 1 in the answer to a hello that claims this. */
  private Optional<Verdict> greet(PahoEdge edge, FateRange... claims) throws Exception {
    int before = edge.heard().size();
    edge.send(hello(new HeldLane(Lane.WINDOW, 2, 4, List.of(claims))));
    Await.until(
        "an answer", () -> edge.heard().stream().skip(before).anyMatch(Acknowledgement::full));
    Acknowledgement answer =
        edge.heard().reversed().stream().filter(Acknowledgement::full).findFirst().orElseThrow();
    return PahoEdge.verdict(answer, new FrameId(plant.incarnation(), Lane.WINDOW, 1));
  }

  @Test
  void answersHelloWithAllThatTheLedgerKnows() throws Exception {
    Frame one = plant.windows("pump/flow", Plant.window(0, 1));
    Frame two = plant.windows("pump/flow", Plant.window(1, 1));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(one);
      Await.until("a verdict", () -> edge.verdict(one.id()).isPresent());
      edge.send(hello(new HeldLane(Lane.WINDOW, 2, 2, List.of())));
      Acknowledgement answer = answer(edge);
      assertEquals(Optional.of(Verdict.COMMITTED), PahoEdge.verdict(answer, one.id()));
      assertEquals(Optional.empty(), PahoEdge.verdict(answer, two.id()));
      assertEquals("north", schema.one("select site from edge"));
      assertEquals("2", schema.one("select highest from frame_ledger"));
    }
  }

  @Test
  void namesAnIncarnationOfWhichItKnowsNothing() throws Exception {
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(hello());
      Acknowledgement answer = answer(edge);
      assertEquals(plant.incarnation(), answer.incarnations().getFirst().id());
      assertEquals(List.of(), answer.incarnations().getFirst().lanes());
    }
  }

  @Test
  void recordsWhatTheEdgeDroppedAndWhatARestoredDatabaseLost() throws Exception {
    Frame lost = plant.windows("pump/flow", Plant.window(0, 1, 2));
    HeldLane lane =
        new HeldLane(
            Lane.WINDOW,
            9,
            90,
            List.of(
                new FateRange(1, 4, Fate.COMMITTED, 40), new FateRange(5, 6, Fate.DROPPED, 20)));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(hello(lane));
      Acknowledgement answer = answer(edge);
      assertEquals("{[5,7)}", schema.one("select numbers from frame_fate where fate='dropped'"));
      assertEquals("40", schema.one("select readings from frame_fate where fate = 'lost'"));
      assertEquals(Optional.empty(), PahoEdge.verdict(answer, lost.id()));
      edge.send(lost);
      Await.until("a verdict", () -> edge.verdict(lost.id()).isPresent());
      assertEquals("{[2,5)}", schema.one("select numbers from frame_fate where fate = 'lost'"));
      assertEquals("38", schema.one("select readings from frame_fate where fate = 'lost'"));
    }
  }

  @Test
  void refusesPoisonAndKeepsItsBytes() throws Exception {
    byte[] bytes = FrameCodec.encode(plant.windows("pump/flow", Plant.window(0, 1)));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(Topics.up("pi-7", Lane.WINDOW), "garbage".getBytes(StandardCharsets.UTF_8));
      bytes[bytes.length / 2] ^= 1;
      edge.send(Topics.up("pi-7", Lane.WINDOW), bytes);
      Frame good = plant.windows("pump/flow", Plant.window(0, 1));
      edge.send(good);
      Await.until("a verdict", () -> edge.verdict(good.id()).isPresent());
      assertEquals(
          2,
          meters.find("edgeflow.intake.unreadable").counters().stream()
              .mapToDouble(c -> c.count())
              .sum());
    }
  }

  @Test
  void ignoresFramesInAnotherEdgesName() throws Exception {
    Plant other = new Plant("pi-8", plant.incarnation());
    Frame frame = other.windows("pump/flow", Plant.window(0, 1));
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(Topics.up("pi-7", Lane.WINDOW), FrameCodec.encode(frame));
      Await.until(
          "a count",
          () ->
              meters.find("edgeflow.intake.unreadable").tag("reason", "another-edge").counter()
                  != null);
      assertEquals("0", schema.one("select count(*) from sample_window"));
    }
  }

  /**
   * The newest word of an edge counts; garbage and others' words are counted and change nothing.
   */
  @Test
  void writesDownWhatAnEdgeRuns() throws Exception {
    String software = "select document ->> 'software' from reported";
    try (PahoEdge edge = connect("pi-7")) {
      edge.send(Topics.reported("pi-7"), reported("pi-7", "one"));
      edge.send(Topics.reported("pi-7"), "{\"edge\":\"pi-7\"".getBytes(StandardCharsets.UTF_8));
      edge.send(Topics.reported("pi-7"), reported("pi-8", "another's"));
      edge.send(Topics.reported("pi-7"), new byte[Reported.MAX_BYTES + 1]);
      Await.until("the report", () -> schema.one("select count(*) from reported").equals("1"));
      assertEquals("one", schema.one(software));
      edge.send(Topics.reported("pi-7"), reported("pi-7", "two"));
      Await.until("the next", () -> schema.one(software).equals("two"));
    }
    assertEquals(3, meters.counter("edgeflow.intake.unreadable", "reason", "reported").count());
  }

  private static byte[] reported(String edge, String software) {
    return new Reported(edge, Reported.VERSION, 5, software, List.of(), 0).toBytes();
  }

  @Test
  void knowsWhoIsOnline() throws Exception {
    PahoEdge edge = connect("pi-7");
    edge.send(new Presence("pi-7", "c1", true, Plant.START));
    Await.until("online", () -> schema.one("select online from edge").equals("t"));
    edge.vanish();
    Await.until("offline", () -> schema.one("select online from edge").equals("f"));
    edge.close();
  }

  @Test
  void survivesTheLossOfEveryDatabaseConnection() throws Exception {
    try (PahoEdge edge = connect("pi-7")) {
      for (int i = 0; i < 5; i++) {
        Frame frame = plant.windows("pump/flow", Plant.window(i, 1));
        schema.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
        edge.send(frame);
        Await.until("a verdict", () -> edge.verdict(frame.id()).isPresent());
      }
      assertEquals("5", schema.one("select sum(count) from sample_window"));
    }
  }

  @Test
  void putsOffWhatItHasNoRoomFor() throws Exception {
    Frame first = plant.windows("pump/flow", Plant.window(0, 1));
    Frame large = plant.windows("pump/level", noise());
    byte[] bytes = FrameCodec.encode(large);
    try (PahoEdge edge = connect("pi-7");
        Connection blocker = schema.database().getConnection();
        Statement statement = blocker.createStatement()) {
      edge.send(first);
      Await.until("a verdict", () -> edge.verdict(first.id()).isPresent());
      blocker.setAutoCommit(false);
      statement.execute("lock table edge in access exclusive mode");
      Await.until(
          "later",
          () -> {
            edge.send(Topics.up("pi-7", Lane.WINDOW), bytes);
            return edge.verdict(large.id()).equals(Optional.of(Verdict.LATER));
          });
      Await.until("no credit", () -> edge.heard().getLast().creditBytes() == 0);
      blocker.rollback();
      Await.until(
          "the same in the end",
          () -> edge.verdict(large.id()).equals(Optional.of(Verdict.COMMITTED)));
      Await.until("credit again", () -> edge.heard().getLast().creditBytes() > 0);
    }
    assertEquals("3001", schema.one("select sum(count) from sample_window"));
  }

  /** The first answer to a hello; credit may be granted before it. */
  private static Acknowledgement answer(PahoEdge edge) throws InterruptedException {
    Await.until("an answer", () -> edge.heard().stream().anyMatch(Acknowledgement::full));
    return edge.heard().stream().filter(Acknowledgement::full).findFirst().orElseThrow();
  }

  private static Window[] noise() {
    RandomGenerator random = RandomGenerator.getDefault();
    return LongStream.range(0, 3000)
        .mapToObj(i -> Plant.window(i, random.nextGaussian()))
        .toArray(Window[]::new);
  }

  private Intake start(BrokerSettings settings) throws Exception {
    return Intake.start(
        settings,
        schema.settings(1000),
        Optional.empty(),
        batch -> live.addAll(batch.stored()),
        EdgeEar.NONE,
        meters,
        InstantSource.system());
  }

  private PahoEdge connect(String edge) throws MqttException {
    return PahoEdge.connect(edge, intake.port(), Optional.empty());
  }

  private Hello hello(HeldLane... lanes) {
    return new Hello(
        "pi-7",
        "c1",
        "north",
        Map.of("line", "4"),
        "Europe/Berlin",
        "test",
        List.of(1),
        1,
        1,
        List.of(new HeldIncarnation(plant.incarnation(), null, List.of(lanes))));
  }
}
