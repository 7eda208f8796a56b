package io.edgeflow.cloud.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.kafka.TestBroker;
import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.kafka.KafkaCluster;
import io.edgeflow.process.kafka.TopicPlan;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an edge's connection over a real Kafka to the database and back, through one or several
 * processes: each frame is in the tables once, and its edge hears so from whoever holds its
 * connection (L8).
 */
@Order(1)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class KafkaIntakeIT {
  private static final Logger log = LoggerFactory.getLogger(KafkaIntakeIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir private static Path folder;
  private static TestBroker broker;
  private static int tests;

  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Intake> intakes = new ArrayList<>();

  /** Of its own, as a topic of the same name might not be gone yet. */
  private final String topic = "telemetry-" + ++tests;

  private int partitions = 1;
  private int maxSeries = 1000;
  private Duration again = SharedIntake.AGAIN;
  private KafkaCluster cluster;
  private Schema schema;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.format(folder).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open() throws Exception {
    cluster = broker.cluster();
    schema = Schema.create();
  }

  @AfterEach
  void close() {
    intakes.forEach(Intake::close);
    schema.close();
  }

  @Test
  void acknowledgesWhatWentOverKafkaOnceItIsCommitted() throws Exception {
    Intake intake = start();
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2, 3));
    try (PahoEdge edge = connect("pi-7", intake)) {
      deliver(edge, frame);
      assertEquals("3", schema.one("select count from edgeflow.window_1m"));
      // A repetition is known, and answered again.
      int before = edge.heard().size();
      sendUntil(
          "another answer",
          edge,
          frame,
          () -> edge.heard().size() > before && isCommitted(edge, frame));
      assertEquals("3", schema.one("select count from edgeflow.window_1m"));
      assertTrue(broker.end(topic, 0) >= 2, "the repetition came over Kafka, too");
      Await.until("positions follow", this::isSettled);
    }
  }

  /** With one partition one of the two stores everything, and each answers its own edge (L8). */
  @Test
  void whoeverHoldsTheConnectionAnswersWhoeverCommitted() throws Exception {
    Intake one = start();
    Intake other = start();
    Plant second = new Plant("pi-8", RandomGenerator.getDefault());
    try (PahoEdge first = connect("pi-7", one);
        PahoEdge last = connect("pi-8", other)) {
      deliver(first, plant.windows("pump/flow", Plant.window(0, 1)));
      deliver(last, second.windows("pump/flow", Plant.window(0, 1)));
      // Each tells its share once a second.
      Await.until("one of them has it", () -> share(one) + share(other) == 1);
    }
    assertEquals("2", schema.one("select sum(count) from sample_window"));
  }

  @Test
  void tellsEachCopyOfAnEdgeWhatBecameOfItsOwnContent() throws Exception {
    Intake intake = start();
    Plant copy = new Plant("pi-7", plant.incarnation());
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2, 3));
    Frame other = copy.windows("pump/flow", Plant.window(0, 4));
    try (PahoEdge edge = connect("pi-7", intake)) {
      deliver(edge, frame);
      sendUntil(
          "conflict",
          edge,
          other,
          () -> edge.verdict(frame.id()).equals(Optional.of(Verdict.CONFLICT)));
      assertEquals("3", schema.one("select count from sample_window"));
      assertEquals("1", schema.one("select count(*) from frame_conflict"));
      deliver(edge, frame);
    }
  }

  @Test
  void tellsOfWhatIsRefused() throws Exception {
    maxSeries = 1;
    Intake intake = start();
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    Frame excess = plant.windows("pump/heat", Plant.window(0, 1));
    try (PahoEdge edge = connect("pi-7", intake)) {
      deliver(edge, frame);
      sendUntil(
          "refused",
          edge,
          excess,
          () -> edge.verdict(excess.id()).equals(Optional.of(Verdict.REFUSED)));
      assertEquals("1", schema.one("select count(*) from quarantine"));
    }
  }

  /** Anybody may write to a topic: what is no frame of the edge it claims holds nothing up. */
  @Test
  void passesByWhatIsNoFrameInTheTopic() throws Exception {
    Intake intake = start();
    byte[] frame = FrameCodec.encode(plant.windows("pump/flow", Plant.window(0, 1)));
    Frame last = plant.windows("pump/flow", Plant.window(1, 1));
    byte[] key = "pi-7".getBytes(UTF_8);
    Await.until("the topic", () -> broker.end(topic, 0) == 0);
    broker.put(topic, key, new byte[] {1, 2, 3});
    broker.put(topic, null, frame);
    broker.put(topic, key, null);
    broker.put(topic, "pi-8".getBytes(UTF_8), frame);
    broker.put(topic, new byte[] {(byte) 0xff, 0}, frame);
    broker.put(topic, "no/edge".getBytes(UTF_8), frame);
    try (PahoEdge edge = connect("pi-7", intake)) {
      deliver(edge, last);
    }
    assertEquals("1", schema.one("select sum(count) from sample_window"));
    assertTrue(broker.end(topic, 0) >= 7, "all are in the topic");
    Await.until("positions follow", this::isSettled);
  }

  @Test
  void countsOnceWhatIsInTheTopicTwice() throws Exception {
    Intake intake = start();
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2));
    Await.until("the topic", () -> broker.end(topic, 0) == 0);
    for (int i = 0; i < 5; i++) {
      broker.put(topic, "pi-7".getBytes(UTF_8), FrameCodec.encode(frame));
    }
    Await.until("positions follow", () -> broker.committed(topic, topic, 0) == 5);
    assertEquals("2", schema.one("select sum(count) from sample_window"));
    assertEquals("0", schema.one("select count(*) from frame_conflict"));
    assertTrue(intake.healthy());
  }

  /** What nobody has committed when its process ends comes again, to whoever is next. */
  @Test
  void commitsNoPositionBeforeTheDatabase() throws Exception {
    Intake intake = start();
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    try (PahoEdge edge = connect("pi-7", intake)) {
      deliver(edge, frame);
      Await.until("positions follow", this::isSettled);
      long first = broker.end(topic, 0);
      double before = counted("taken");
      try (Connection blocking = schema.database().getConnection();
          Statement statement = blocking.createStatement()) {
        blocking.setAutoCommit(false);
        statement.execute("select 1 from edge where name = 'pi-7' for update");
        sendUntil(
            "taken",
            edge,
            plant.windows("pump/flow", Plant.window(1, 1)),
            () -> broker.end(topic, 0) > first && counted("taken") > before);
        stop(intake);
        assertEquals(first, broker.committed(topic, topic, 0), "it is not in the database");
        blocking.rollback();
      }
    }
    start();
    Await.until("positions follow", this::isSettled);
    assertEquals("2", schema.one("select sum(count) from sample_window"));
  }

  @Test
  void putsOffWhatItCannotPassOnAndTakesItWhenKafkaIsThere() throws Exception {
    cluster = broker.cluster(Duration.ofSeconds(2));
    broker.stop();
    Intake intake = start();
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    try (PahoEdge edge = connect("pi-7", intake)) {
      try {
        edge.send(frame);
        Await.until("later", () -> edge.verdict(frame.id()).equals(Optional.of(Verdict.LATER)));
      } finally {
        broker.start();
      }
      deliver(edge, frame);
      broker.stop();
      try {
        Frame next = plant.windows("pump/flow", Plant.window(1, 1));
        edge.send(next);
        Await.until("later", () -> edge.verdict(next.id()).equals(Optional.of(Verdict.LATER)));
        broker.start();
        deliver(edge, next);
      } finally {
        broker.stop();
        broker.start();
      }
    }
    assertEquals("2", schema.one("select sum(count) from sample_window"));
  }

  /** What was in it comes again from the edges, which have everything until it is committed. */
  @Test
  void goesOnWhenTheTopicIsDeleted() throws Exception {
    again = Duration.ofMillis(100);
    cluster = broker.cluster(Duration.ofSeconds(2));
    Intake intake = start();
    try (PahoEdge edge = connect("pi-7", intake)) {
      deliver(edge, plant.windows("pump/flow", Plant.window(0, 1)));
      broker.delete(topic);
      deliver(edge, plant.windows("pump/flow", Plant.window(1, 1)));
    }
    assertEquals("2", schema.one("select sum(count) from sample_window"));
  }

  /** Members come and go all the time while edges send. */
  @Test
  void countsEverythingOnceThroughAStormOfRebalances() throws Exception {
    log.info("seed={}", SEED);
    Random random = new Random(SEED);
    partitions = 4;
    Intake steady = start();
    List<Plant> plants = new ArrayList<>();
    List<Frame> sent = new ArrayList<>();
    try (PahoEdge edge = connect("pi-0", steady)) {
      for (int i = 0; i < 6; i++) {
        plants.add(new Plant("pi-" + i, random));
        edge.subscribe(Topics.ack("pi-" + i));
      }
      for (int round = 0; round < 4; round++) {
        Intake passing = start();
        for (Plant one : plants) {
          for (int i = 0; i < 20; i++) {
            Frame frame = one.windows("pump/flow", Plant.window(round * 20 + i, 1));
            sent.add(frame);
            edge.send(frame);
          }
        }
        if (random.nextBoolean()) {
          Await.until("it has a share", () -> share(passing) > 0);
        }
        stop(passing);
      }
      Await.until(
          "all committed",
          repeating(
              edge,
              sent,
              () ->
                  schema
                      .one("select coalesce(sum(committed_frames), 0) from frame_ledger")
                      .equals(String.valueOf(sent.size()))));
    }
    assertEquals(String.valueOf(sent.size()), schema.one("select sum(count) from sample_window"));
    assertEquals("0", schema.one("select count(*) from frame_conflict"));
  }

  /** A database that stands still stops the reading of the topic, not the process. */
  @Test
  void waitsForADatabaseThatIsSlow() throws Exception {
    Intake intake = start();
    List<Frame> frames = new ArrayList<>();
    try (PahoEdge edge = connect("pi-7", intake)) {
      deliver(edge, plant.windows("pump/flow", Plant.window(0, 1)));
      try (Connection blocking = schema.database().getConnection();
          Statement statement = blocking.createStatement()) {
        blocking.setAutoCommit(false);
        statement.execute("select 1 from edge where name = 'pi-7' for update");
        for (int i = 1; i <= 100; i++) {
          frames.add(plant.windows("pump/flow", Plant.window(i, 1)));
          edge.send(frames.getLast());
        }
        Await.until("in the topic", repeating(edge, frames, () -> broker.end(topic, 0) >= 101));
        Await.until("no credit", () -> edge.heard().getLast().creditBytes() == 0);
        blocking.rollback();
      }
      Await.until(
          "committed",
          repeating(
              edge, frames, () -> frames.stream().allMatch(frame -> isCommitted(edge, frame))));
    }
    assertEquals("101", schema.one("select sum(count) from sample_window"));
  }

  private void deliver(PahoEdge edge, Frame frame) throws Exception {
    sendUntil("committed", edge, frame, () -> isCommitted(edge, frame));
  }

  private void sendUntil(String what, PahoEdge edge, Frame frame, Await.Condition condition)
      throws Exception {
    edge.send(frame);
    Await.until(what, repeating(edge, List.of(frame), condition));
  }

  /** As an edge does: again what is put off, and what may be lost on its way. */
  private Await.Condition repeating(PahoEdge edge, List<Frame> sent, Await.Condition condition) {
    boolean lost = again.compareTo(SharedIntake.AGAIN) < 0;
    AtomicInteger looks = new AtomicInteger();
    return () -> {
      if (looks.incrementAndGet() % 50 == 0) {
        for (Frame frame : sent) {
          if (lost || edge.verdict(frame.id()).equals(Optional.of(Verdict.LATER))) {
            edge.send(frame);
          }
        }
      }
      return condition.holds();
    };
  }

  private static boolean isCommitted(PahoEdge edge, Frame frame) {
    return edge.verdict(frame.id()).equals(Optional.of(Verdict.COMMITTED));
  }

  /** All that the first partition was given is settled, however often something came. */
  private boolean isSettled() throws Exception {
    return broker.committed(topic, topic, 0) == broker.end(topic, 0);
  }

  private double counted(String outcome) {
    return meters.counter("edgeflow.intake.kafka.records", "outcome", outcome).count();
  }

  private static int share(Intake intake) {
    return intake.kafka().orElseThrow().partitions();
  }

  private Intake start() throws Exception {
    Intake intake =
        Intake.start(
            BrokerSettings.of("127.0.0.1", 0),
            schema.settings(maxSeries),
            Optional.of(
                new SharedIntake(
                    cluster,
                    new TopicPlan(topic, Optional.of(partitions), Duration.ofHours(1), 2 << 20),
                    topic,
                    again,
                    schema.database())),
            LiveFeed.NONE,
            EdgeEar.NONE,
            meters,
            InstantSource.system());
    intakes.add(intake);
    return intake;
  }

  private void stop(Intake intake) {
    intakes.remove(intake);
    intake.close();
  }

  /** It said hello and was answered: from then on it is told what is put off. */
  private static PahoEdge connect(String edge, Intake intake) throws Exception {
    PahoEdge connected = PahoEdge.connect(edge, intake.port(), Optional.empty());
    connected.send(
        new Hello(edge, "c1", "north", Map.of(), "UTC", "test", List.of(1), 1, 1, List.of()));
    Await.until("an answer", () -> !connected.heard().isEmpty());
    return connected;
  }
}
