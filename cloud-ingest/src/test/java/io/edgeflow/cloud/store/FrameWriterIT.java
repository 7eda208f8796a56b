package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariPoolMXBean;
import io.edgeflow.cloud.Await;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class FrameWriterIT {
  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private final Map<FrameId, FrameOutcome> outcomes = new ConcurrentHashMap<>();
  private Schema schema;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
  }

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void commitsWhatItTookBeforeItCloses() throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    try (FrameWriter writer = writer(Connection::commit)) {
      Await.until("connected", writer::healthy);
      assertTrue(offer(writer, frame));
    }
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(frame.id()));
    assertEquals("1", schema.one("select count from sample_window"));
  }

  /** Its database does not answer in time; what goes on then is over when it does. */
  @Test
  void beginsNothingMoreOnceItIsClosed() throws Exception {
    Frame slow = plant.windows("pump/flow", Plant.window(0, 1));
    Frame waiting = plant.windows("pump/flow", Plant.window(1, 1));
    CountDownLatch begun = new CountDownLatch(1);
    Semaphore answers = new Semaphore(0);
    WriterSession.Commit stuck =
        connection -> {
          if (isStored(connection)) {
            begun.countDown();
            answers.acquireUninterruptibly();
          }
          connection.commit();
        };
    try (FrameWriter writer = writer(stuck)) {
      assertTrue(offer(writer, slow));
      begun.await();
      assertTrue(offer(writer, waiting));
    }
    answers.release(2);
    HikariPoolMXBean connections = schema.database().getHikariPoolMXBean();
    Await.until("the writers have ended", () -> connections.getActiveConnections() == 0);
    assertEquals("1", schema.one("select sum(count) from sample_window"));
    assertFalse(outcomes.containsKey(waiting.id()));
  }

  @Test
  void takesNothingOnceItIsClosed() throws Exception {
    FrameWriter writer = writer(Connection::commit);
    writer.close();
    assertFalse(offer(writer, plant.windows("pump/flow", Plant.window(0, 1))));
  }

  @Test
  void refusesOnlyTheFrameThatAFaultOfOursStumblesOver() throws Exception {
    Frame before = plant.windows("pump/flow", Plant.window(0, 1));
    Frame culprit = plant.windows("pump/unlucky", Plant.window(0, 1));
    Frame after = plant.windows("pump/flow", Plant.window(1, 1));
    try (FrameWriter writer = writer(FrameWriterIT::stumble)) {
      for (Frame frame : new Frame[] {before, culprit, after}) {
        assertTrue(offer(writer, frame));
      }
      Await.until("all settled", () -> outcomes.size() == 3);
    }
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(before.id()));
    assertEquals(FrameOutcome.REFUSED, outcomes.get(culprit.id()));
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(after.id()));
    assertEquals("internal", schema.one("select reason from quarantine"));
    assertEquals("2", schema.one("select sum(count) from sample_window"));
  }

  /** Who waits for a position in a log to pass hears of everything that was taken, once. */
  @Test
  void tellsOfEachThatNothingIsLeftToBeDoneAboutIt() throws Exception {
    Frame good = plant.windows("pump/flow", Plant.window(0, 1));
    Frame culprit = plant.windows("pump/unlucky", Plant.window(0, 1));
    List<String> settled = new CopyOnWriteArrayList<>();
    try (FrameWriter writer = writer(FrameWriterIT::stumble)) {
      assertTrue(writer.offer("pi-7", new byte[] {1, 2, 3}, () -> settled.add("garbage")));
      assertTrue(writer.offer("pi-8", FrameCodec.encode(good), () -> settled.add("another's")));
      assertTrue(writer.offer("pi-7", FrameCodec.encode(good), () -> settled.add("good")));
      assertTrue(writer.offer("pi-7", FrameCodec.encode(culprit), () -> settled.add("culprit")));
      assertTrue(writer.offer("pi-7", FrameCodec.encode(good), () -> settled.add("again")));
      Await.until("all settled", () -> settled.size() == 5);
      assertEquals("1", schema.one("select sum(count) from sample_window"));
    }
    assertEquals(
        List.of("again", "another's", "culprit", "garbage", "good"),
        settled.stream().sorted().toList());
  }

  /** L8: whoever holds the connection hears that there is something to read, and only then. */
  @Test
  void tellsOtherProcessesWhoseFramesACommitJudged() throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    try (Connection connection = schema.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("listen " + CommitNotice.CHANNEL);
      PGConnection listening = connection.unwrap(PGConnection.class);
      try (FrameWriter writer = FrameWriter.start(schema.settings(10), new Heard())) {
        assertTrue(offer(writer, frame));
        Await.until("settled", () -> outcomes.containsKey(frame.id()));
      }
      outcomes.clear();
      try (FrameWriter writer =
          FrameWriter.start(schema.settings(10).toldToOthers(), new Heard())) {
        assertTrue(offer(writer, frame));
        Await.until("settled", () -> outcomes.containsKey(frame.id()));
      }
      List<String> heard =
          Stream.of(listening.getNotifications(30_000)).map(PGNotification::getParameter).toList();
      assertEquals(List.of("pi-7"), heard, "mqtt mode pays nothing");
    }
  }

  @Test
  void cutsNoticesIntoPiecesThatTheDatabaseTakes() {
    SortedSet<String> edges = new TreeSet<>();
    for (int i = 0; i < 2_000; i++) {
      edges.add("plant-%04d".formatted(i));
    }
    List<String> payloads = CommitNotice.payloads(edges);
    assertTrue(payloads.stream().allMatch(payload -> payload.length() < 8_000));
    assertEquals(
        List.copyOf(edges),
        payloads.stream().flatMap(payload -> Stream.of(payload.split(" "))).toList());
    assertEquals(3, payloads.size());
  }

  /**
   * L5: a connection that breaks at the commit leaves open whether there was one; the batch is
   * replayed, and counted once either way.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void replaysABatchWhoseCommitHasAnUnknownOutcome(boolean committed) throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    AtomicBoolean broken = new AtomicBoolean();
    WriterSession.Commit breaking =
        connection -> {
          boolean breaks = isStored(connection) && !broken.getAndSet(true);
          if (!breaks || committed) {
            connection.commit();
          }
          if (breaks) {
            throw new SQLException("the connection is gone", "08006");
          }
        };
    try (FrameWriter writer = writer(breaking)) {
      assertTrue(offer(writer, frame));
      Await.until("settled", () -> outcomes.containsKey(frame.id()));
    }
    assertTrue(broken.get());
    assertEquals(committed ? FrameOutcome.KNOWN : FrameOutcome.COMMITTED, outcomes.get(frame.id()));
    assertEquals("1", schema.one("select sum(count) from sample_window"));
  }

  private static boolean isStored(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from sample_window")) {
      row.next();
      return row.getInt(1) > 0;
    }
  }

  /** Stands for a mistake in our own code that one kind of content brings out. */
  private static void stumble(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from series where name = 'pump/unlucky'")) {
      row.next();
      if (row.getInt(1) > 0) {
        throw new IllegalStateException("unlucky");
      }
    }
    connection.commit();
  }

  private static boolean offer(FrameWriter writer, Frame frame) {
    return writer.offer(frame.edge(), FrameCodec.encode(frame));
  }

  private FrameWriter writer(WriterSession.Commit commit) {
    return new FrameWriter(
            schema.session().committing(commit), 2, new Heard(), new SimpleMeterRegistry())
        .start();
  }

  private final class Heard implements WriterListener {
    @Override
    public void committed(CommittedBatch batch) {
      batch.settled().forEach(frame -> outcomes.put(frame.id(), frame.outcome()));
      throw new IllegalStateException("a listener that fails changes nothing");
    }

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {}

    @Override
    public void unreadable(String edge, String reason) {}
  }
}
