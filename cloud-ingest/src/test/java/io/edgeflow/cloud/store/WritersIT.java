package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several writers side by side: what one has to wait for, the others do not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class WritersIT {
  private static final int WRITERS = 2;

  private final Set<FrameId> settled = ConcurrentHashMap.newKeySet();
  private final Map<String, Acknowledgement> answers = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Schema schema;
  private FrameWriter writer;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    writer = new FrameWriter(schema.session(), WRITERS, new Heard(), meters).start();
  }

  @AfterEach
  void close() {
    writer.close();
    schema.close();
  }

  @Test
  void holdsUpOnlyTheEdgesOfTheWriterThatWaits() throws Exception {
    Plant stalled = plant(0, 0);
    Plant free = plant(1, 0);
    store(stalled);
    try (Connection holding = holding(stalled)) {
      Frame first = stalled.windows("pump/flow", noise());
      byte[] bytes = FrameCodec.encode(first);
      int taken = 0;
      while (writer.offer(stalled.edge(), bytes)) {
        assertTrue(++taken < 10_000, "its queue is without end");
      }
      for (int i = 0; i < 5; i++) {
        store(free);
      }
      WriterLoad waits = writer.loads().get(0);
      WriterLoad works = writer.loads().get(1);
      assertTrue(waits.waitNanos() > 0 && waits.bytes() > 0, waits.toString());
      assertEquals(0, works.waitNanos());
      assertEquals(0, works.bytes());
      assertTrue(meters.get("edgeflow.writer.waiting").tag("writer", "0").gauge().value() > 0);
      assertEquals(0, meters.get("edgeflow.writer.waiting").tag("writer", "1").gauge().value());
      holding.rollback();
      Await.until("settled", () -> settled.contains(first.id()));
    }
    assertEquals("3006", schema.one("select sum(count) from sample_window"));
  }

  /** Whoever gives way loses nothing, and keeps its connection. */
  @Test
  void triesADeadlockAgainWholeAndCountsIt() throws Exception {
    List<Plant> plants = new ArrayList<>(List.of(plant(0, 0), plant(0, 1), plant(0, 2)));
    // As they are locked.
    plants.sort(Comparator.comparing(Plant::edge));
    for (Plant plant : plants) {
      store(plant);
    }
    Await.until("both are connected", writer::healthy);
    int connected = connections.get();
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        Connection holding = holding(plants.getLast());
        Statement statement = holding.createStatement();
        Connection between = holding(plants.get(1))) {
      statement.execute("set local deadlock_timeout = '1min'");
      List<FrameId> batch = offerAtOnce(plants);
      awaitWaiting(1);
      Future<Void> holder = thread.submit(() -> hold(holding, plants.getFirst()));
      awaitWaiting(2);
      // The writer begins to wait last: its one look, after a second, finds the deadlock.
      between.rollback();
      holder.get();
      holding.rollback();
      Await.until("settled", () -> settled.containsAll(batch));
    }
    assertEquals(
        1, meters.get("edgeflow.writer.retries").tag("reason", "deadlock").counter().count());
    assertEquals(connected, connections.get());
    assertTrue(writer.healthy());
    assertEquals("7", schema.one("select sum(count) from sample_window"));
  }

  /** One frame each, in one batch, because their writer waits with another before them. */
  private List<FrameId> offerAtOnce(List<Plant> plants) throws Exception {
    Plant first = plants.getFirst();
    Frame before = first.windows("pump/flow", Plant.window(2, 1));
    List<Frame> frames =
        plants.stream().map(plant -> plant.windows("pump/flow", Plant.window(1, 1))).toList();
    AtomicBoolean unpacked = new AtomicBoolean();
    try (Connection gate = holding(first)) {
      offer(before);
      awaitWaiting(1);
      frames.forEach(this::offer);
      // Nobody can read it, which is seen when those before it are unpacked.
      assertTrue(writer.offer(first.edge(), new byte[] {1}, () -> unpacked.set(true)));
      Await.until("unpacked", unpacked::get);
      gate.rollback();
      Await.until("settled", () -> settled.contains(before.id()));
    }
    return frames.stream().map(Frame::id).toList();
  }

  private static Window[] noise() {
    RandomGenerator random = RandomGenerator.getDefault();
    return LongStream.range(1, 3001)
        .mapToObj(minute -> Plant.window(minute, random.nextGaussian()))
        .toArray(Window[]::new);
  }

  /**
   * Sites are shared between edges. Batches that are taken apart, in which their edges come the
   * other way round, lock them in one order all the same: else these would wait for each other.
   */
  @Test
  void locksSitesInOneOrderHoweverABatchIsTakenApart() throws Exception {
    for (int edge = 0; edge < 4; edge++) {
      schema.execute(
          "insert into edge (name, site) values ('site-%d', '%s')"
              .formatted(edge, edge % 2 == 0 ? "a" : "b"));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Void> one = threads.submit(() -> apart(1, 0));
      Future<Void> other = threads.submit(() -> apart(2, 3));
      one.get();
      other.get();
    }
    assertEquals("80", schema.one("select sum(raised) from alarm_digest_part"));
    assertEquals("40", schema.one("select count(*) from quarantine"));
  }

  private @Nullable Void apart(int first, int last) throws Exception {
    Plant before = new Plant("site-" + first, RandomGenerator.getDefault());
    Plant after = new Plant("site-" + last, RandomGenerator.getDefault());
    try (WriterSession session = WriterSession.open(schema.session())) {
      session.store(List.of(Plant.arrival(before.windows("pump/level", brimful()))));
      for (int i = 0; i < 20; i++) {
        session.store(
            List.of(
                Plant.arrival(late(before)),
                Plant.arrival(before.windows("pump/level", brimful())),
                Plant.arrival(late(after))));
      }
    }
    return null;
  }

  private static Frame late(Plant plant) {
    long hourAgo = Plant.START - 60 * Plant.MINUTE;
    return plant.events(
        Plant.alarm("alarm-raised", hourAgo, "a-1", "rule", "high", "unacknowledged"));
  }

  /** No window can be added to it. */
  private static Window brimful() {
    long start = Plant.START;
    return new Window(start, Plant.MINUTE, 2, 0, 0, 0, 1, 1, 1.7e308, 0, start, 1, start, 1);
  }

  private void awaitWaiting(int sessions) throws InterruptedException {
    Await.until(
        sessions + " wait",
        () ->
            schema
                .one(
                    "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock'")
                .equals(String.valueOf(sessions)));
  }

  /** Edges of one batch are answered each for itself, in whatever order they said hello. */
  @Test
  void answersHellosOfManyEdgesInFewTransactions() throws Exception {
    List<Plant> plants = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      plants.add(plant(0, i));
    }
    store(plants.getFirst());
    try (Connection holding = holding(plants.getFirst())) {
      offer(plants.getFirst().windows("pump/flow", Plant.window(1, 1)));
      for (Plant plant : plants) {
        offer(plant.windows("pump/flow", Plant.window(2, 1)));
        assertTrue(writer.offer(hello(plant)));
      }
      holding.rollback();
    }
    Await.until("all are answered", () -> answers.size() == plants.size());
    for (Plant plant : plants) {
      Acknowledgement answer = Objects.requireNonNull(answers.get(plant.edge()));
      assertEquals(
          plant == plants.getFirst() ? 3 : 1,
          answer.incarnations().getFirst().lanes().getFirst().ranges().getLast().to(),
          "the frame before the hello is in its answer");
    }
    assertTrue(meters.get("edgeflow.writer.commit").timer().count() < 10);
  }

  private static Hello hello(Plant plant) {
    return new Hello(
        plant.edge(),
        "c1",
        "north",
        Map.of(),
        "UTC",
        "test",
        List.of(1),
        1,
        1,
        List.of(new HeldIncarnation(plant.incarnation(), null, List.of())));
  }

  private Connection holding(Plant plant) throws Exception {
    Connection connection = schema.database().getConnection();
    connection.setAutoCommit(false);
    hold(connection, plant);
    return connection;
  }

  private static @Nullable Void hold(Connection connection, Plant plant) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select from edge where name = '" + plant.edge() + "' for update");
    }
    return null;
  }

  private void store(Plant plant) throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    offer(frame);
    Await.until("settled", () -> settled.contains(frame.id()));
  }

  private void offer(Frame frame) {
    assertTrue(writer.offer(frame.edge(), FrameCodec.encode(frame)));
  }

  /** An edge of this writer. */
  private static Plant plant(int writer, int skipped) {
    int left = skipped;
    for (int i = 0; ; i++) {
      if (FrameWriter.writerOf("pi-" + i, WRITERS) == writer && left-- == 0) {
        return new Plant("pi-" + i, RandomGenerator.getDefault());
      }
    }
  }

  private final class Heard implements WriterListener {
    @Override
    public void serving(String database) {
      connections.incrementAndGet();
    }

    @Override
    public void committed(CommittedBatch batch) {
      batch.settled().forEach(frame -> settled.add(frame.id()));
    }

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {
      answers.put(hello.edge(), answer);
    }

    @Override
    public void unreadable(String edge, String reason) {}
  }
}
