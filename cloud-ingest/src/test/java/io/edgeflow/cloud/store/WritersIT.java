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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    Plant a = plant(0, 0);
    Plant b = plant(0, 1);
    store(a);
    store(b);
    int connected = connections.get();
    Plant first = a.edge().compareTo(b.edge()) < 0 ? a : b;
    Plant second = first == a ? b : a;
    try (Connection holding = holding(second);
        Statement statement = holding.createStatement()) {
      Frame before = first.windows("pump/flow", Plant.window(2, 1));
      Frame one = first.windows("pump/flow", Plant.window(1, 1));
      Frame two = second.windows("pump/flow", Plant.window(1, 1));
      try (Connection gate = holding(first)) {
        // Both are in one batch, because the writer waits with another before them.
        offer(before);
        awaitWaiting();
        offer(one);
        offer(two);
        Await.until("unpacked", () -> writer.waiting() == 2);
        gate.rollback();
        Await.until("settled", () -> settled.contains(before.id()));
      }
      awaitWaiting();
      statement.execute("set local deadlock_timeout = '1min'");
      statement.execute("select from edge where name = '" + first.edge() + "' for update");
      holding.rollback();
      Await.until("settled", () -> settled.containsAll(Set.of(one.id(), two.id())));
    }
    assertEquals(
        1, meters.get("edgeflow.writer.retries").tag("reason", "deadlock").counter().count());
    assertEquals(connected, connections.get());
    assertTrue(writer.healthy());
    assertEquals("5", schema.one("select sum(count) from sample_window"));
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

  private void awaitWaiting() throws InterruptedException {
    Await.until(
        "the writer waits",
        () ->
            schema
                .one(
                    "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock'")
                .equals("1"));
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
    try (Statement statement = connection.createStatement()) {
      statement.execute("select from edge where name = '" + plant.edge() + "' for update");
    }
    return connection;
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
    public void unreadable(String edge, String reason) {
      throw new AssertionError(reason);
    }
  }
}
