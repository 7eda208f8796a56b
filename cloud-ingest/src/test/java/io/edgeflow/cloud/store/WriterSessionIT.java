package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.CommittedBatch.Settled;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One transaction for a batch (L5), frame by frame. */
final class WriterSessionIT {
  private Schema schema;
  private WriterSession session;
  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    session = WriterSession.open(schema.session());
  }

  @AfterEach
  void close() {
    session.close();
    schema.close();
  }

  @Test
  void storesEverySectionOfFrames() throws Exception {
    store(
        plant.windows("pump/flow", Plant.window(0, 1, 2, 3)),
        plant.state("pump/state", "on", 4),
        plant.raw("pump/flow", 5, 5),
        plant.event("the pump cavitates"));
    assertEquals("3", schema.one("select count from edgeflow.window_1m"));
    assertEquals("2", schema.one("select mean from edgeflow.window_1m"));
    assertEquals("pi-7/pump/flow", schema.one("select series from edgeflow.window_1m"));
    assertEquals("4", schema.one("select count from sample_state"));
    assertEquals("2", schema.one("select count(*) from sample_raw"), "both at one instant (L11)");
    assertEquals("the pump cavitates", schema.one("select message from edgeflow.event"));
    assertEquals("alarm", schema.one("select severity from edgeflow.event"));
  }

  /** L11: two frames may tell of one instant of one series, and all of it is true. */
  @Test
  void keepsReadingsOfOneInstantThatCameInSeveralFrames() throws Exception {
    store(plant.raw("pump/flow", 5, 5), plant.raw("pump/flow", 5, 6));
    store(plant.raw("pump/flow", 5));
    assertEquals("5", schema.one("select count(*) from sample_raw"));
  }

  @Test
  void putsNearTimesIntoPartsOfTheirOwnAndFarOnesIntoTheArchive() throws Exception {
    long far = 60L * 24 * 365 * 30;
    store(plant.windows("pump/flow", Plant.window(0, 1), Plant.window(far, 1)));
    assertEquals("1", schema.one("select count(*) from sample_window_other"));
    assertEquals(List.of("1"), List.copyOf(schema.parts(TimeTable.SAMPLE_WINDOW).values()));
  }

  @Test
  void mergesSupplementsOfOneBatchAndOfLaterOnes() throws Exception {
    store(
        plant.windows("pump/flow", Plant.window(0, 1)),
        plant.windows("pump/flow", Plant.window(0, 3)));
    store(plant.windows("pump/flow", Plant.window(0, 5)));
    assertEquals("3", schema.one("select count from sample_window"));
    assertEquals("9", schema.one("select sum from sample_window"));
    assertEquals("8", schema.one("select m2 from sample_window"));
  }

  @Test
  void mergesOnlyWhatIsThereIntoABacklog() throws Exception {
    store(plant.windows("pump/flow", minutes(5, 6)));
    store(plant.windows("pump/flow", minutes(0, 20)));
    store(plant.windows("pump/flow", minutes(10, 40)));
    assertEquals("40", schema.one("select count(*) from sample_window"));
    assertEquals("51", schema.one("select sum(count) from sample_window"));
    assertEquals("11", schema.one("select count(*) from sample_window where count = 2"));
  }

  @Test
  void mergesWithARowThatAppearedWhileItCopied() throws Exception {
    store(plant.windows("pump/flow", Plant.window(100, 1)));
    try (Connection stranger = schema.database().getConnection();
        Statement statement = stranger.createStatement();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      stranger.setAutoCommit(false);
      statement.execute(
          "insert into sample_window select w.time - interval '95 minutes', w.first_time -"
              + " interval '95 minutes', w.last_time - interval '95 minutes', length, count,"
              + " uncertain, stale, bad, min, max, first, last, sum, m2, series_id"
              + " from sample_window w");
      Frame frame = plant.windows("pump/flow", minutes(0, 20));
      Future<Map<FrameId, FrameOutcome>> outcome = other.submit(() -> store(frame));
      Await.until(
          "the writer to wait",
          () ->
              schema
                  .one(
                      "select count(*) from pg_stat_activity"
                          + " where datname = current_database() and wait_event_type = 'Lock'")
                  .equals("1"));
      stranger.commit();
      assertEquals(Map.of(frame.id(), FrameOutcome.COMMITTED), outcome.get());
    }
    assertEquals("2", schema.one("select max(count) from sample_window"));
    assertEquals("22", schema.one("select sum(count) from sample_window"));
  }

  private static Window[] minutes(long from, long to) {
    return LongStream.range(from, to).mapToObj(i -> Plant.window(i, 1)).toArray(Window[]::new);
  }

  @Test
  void countsAFrameOnceHoweverOftenItComes() throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2));
    assertEquals(Map.of(frame.id(), FrameOutcome.COMMITTED), store(frame));
    assertEquals(Map.of(frame.id(), FrameOutcome.KNOWN), store(frame));
    assertEquals(List.of(FrameOutcome.KNOWN, FrameOutcome.KNOWN), outcomes(frame, frame));
    assertEquals("2", schema.one("select count from sample_window"));
    assertEquals("1", schema.one("select committed_frames from frame_ledger"));
    assertEquals("2", schema.one("select committed_readings from frame_ledger"));
  }

  @Test
  void countsAFrameOnceThatIsTwiceInABatch() throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2));
    assertEquals(List.of(FrameOutcome.COMMITTED, FrameOutcome.KNOWN), outcomes(frame, frame));
    assertEquals("2", schema.one("select count from sample_window"));
  }

  @Test
  void seesOtherContentUnderACommittedNumberAsAConflictAndCountsItOnce() throws Exception {
    Plant copy = new Plant("pi-7", plant.incarnation());
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1, 2));
    Frame other = copy.windows("pump/flow", Plant.window(0, 9));
    store(frame);
    assertEquals(Map.of(frame.id(), FrameOutcome.CONFLICT), store(other));
    assertEquals(List.of(FrameOutcome.CONFLICT, FrameOutcome.CONFLICT), outcomes(other, other));
    assertEquals("2", schema.one("select count from sample_window"));
    assertEquals("1", schema.one("select sum(readings) from frame_conflict"));
    assertEquals(List.of(FrameOutcome.KNOWN), outcomes(frame));
  }

  @Test
  void seesAConflictWithinOneBatch() throws Exception {
    Plant copy = new Plant("pi-7", plant.incarnation());
    assertEquals(
        List.of(FrameOutcome.COMMITTED, FrameOutcome.CONFLICT),
        outcomes(
            plant.windows("pump/flow", Plant.window(0, 1, 2)),
            copy.windows("pump/flow", Plant.window(0, 9))));
    assertEquals("2", schema.one("select count from sample_window"));
  }

  @Test
  void narrowsADataErrorToTheFrameAtFault() throws Exception {
    Frame before = plant.windows("pump/flow", Plant.window(0, 1));
    // Legal on the wire, and no database can add it to its like.
    Window huge = sumOf(1.7e308);
    Frame one = plant.windows("pump/level", huge);
    Frame culprit = plant.windows("pump/level", huge);
    Frame after = plant.windows("pump/flow", Plant.window(1, 1));
    Map<FrameId, FrameOutcome> outcomes = store(before, one, culprit, after);
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(before.id()));
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(one.id()));
    assertEquals(FrameOutcome.REFUSED, outcomes.get(culprit.id()));
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(after.id()));
    assertEquals("3", schema.one("select number from quarantine"));
    assertEquals("{[3,4)}", schema.one("select numbers from frame_fate where fate = 'refused'"));
    assertEquals(Map.of(culprit.id(), FrameOutcome.KNOWN), store(culprit));
    assertEquals("1", schema.one("select count(*) from quarantine"));
  }

  @Test
  void narrowsAnErrorThatOnlyTheDatabaseSees() throws Exception {
    store(plant.windows("pump/level", sumOf(1.7e308)));
    Frame culprit = plant.windows("pump/level", sumOf(1.7e308));
    Frame neighbour = plant.windows("pump/flow", Plant.window(1, 1));
    Map<FrameId, FrameOutcome> outcomes = store(culprit, neighbour);
    assertEquals(FrameOutcome.REFUSED, outcomes.get(culprit.id()));
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(neighbour.id()));
    assertEquals("1", schema.one("select count(*) from sample_window where sum = 1.7e308"));
  }

  /** L5, L11: whatever was begun with a culprit beside it is not sent a second time. */
  @Test
  void storesTheRowsOfACulpritsNeighboursOnce() throws Exception {
    Frame raw = plant.raw("pump/flow", 5, 5);
    Window huge = sumOf(1.7e308);
    Frame one = plant.windows("pump/level", huge);
    Frame culprit = plant.windows("pump/level", huge);
    Map<FrameId, FrameOutcome> outcomes = store(raw, one, culprit);
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(raw.id()));
    assertEquals(FrameOutcome.REFUSED, outcomes.get(culprit.id()));
    assertEquals("2", schema.one("select count(*) from sample_raw"));
  }

  /** L5: the ledger's rows are locked, so that two processes never both find a frame new. */
  @Test
  void countsAFrameOnceThatTwoWritersStoreAtATime() throws Exception {
    store(plant.windows("pump/flow", Plant.window(0, 1)));
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    CountDownLatch stored = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (WriterSession other = WriterSession.open(committing(stored, goOn));
        ExecutorService writers = Executors.newFixedThreadPool(2)) {
      Future<CommittedBatch> first =
          writers.submit(() -> other.store(List.of(Plant.arrival(frame))));
      stored.await();
      Future<Map<FrameId, FrameOutcome>> second = writers.submit(() -> store(frame));
      assertThrows(TimeoutException.class, () -> second.get(300, TimeUnit.MILLISECONDS));
      goOn.countDown();
      assertEquals(FrameOutcome.COMMITTED, first.get().settled().getFirst().outcome());
      assertEquals(Map.of(frame.id(), FrameOutcome.KNOWN), second.get());
    } finally {
      goOn.countDown();
    }
    assertEquals("2", schema.one("select count from sample_window"));
  }

  private WriterSession.Settings committing(CountDownLatch stored, CountDownLatch goOn) {
    return schema
        .session()
        .committing(
            connection -> {
              stored.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              connection.commit();
            });
  }

  /** L3: an edge compares what it holds only with incarnations that the answer names. */
  @Test
  void namesInItsAnswerAlsoWhatItKnowsNothingOf() throws Exception {
    Incarnation unknown = new Incarnation(5, 5);
    HeldIncarnation held = new HeldIncarnation(unknown, null, List.of());
    Hello hello =
        new Hello("pi-7", "c1", "north", Map.of(), "UTC", "test", List.of(1), 1, 1, List.of(held));
    assertEquals(
        List.of(new IncarnationVerdicts(unknown, List.of())), session.greet(hello).incarnations());
  }

  @Test
  void refusesAFrameThatWouldAddTooManySeries() throws Exception {
    session.close();
    session = WriterSession.open(schema.settings(1).session());
    Frame fits = plant.windows("pump/flow", Plant.window(0, 1));
    Frame excess = plant.windows("pump/level", Plant.window(0, 1));
    Map<FrameId, FrameOutcome> outcomes = store(fits, excess);
    assertEquals(FrameOutcome.COMMITTED, outcomes.get(fits.id()));
    assertEquals(FrameOutcome.REFUSED, outcomes.get(excess.id()));
    assertEquals("series-limit", schema.one("select reason from quarantine"));
    assertEquals("1", schema.one("select count(*) from series"));
  }

  @Test
  void takesTextsThatPostgresHasNoCharacterFor() throws Exception {
    Frame frame = plant.state("pump/state", "a\0b", 1);
    assertEquals(Map.of(frame.id(), FrameOutcome.COMMITTED), store(frame));
    assertEquals("a\uFFFDb", schema.one("select text from sample_state"));
  }

  @Test
  void refusesAnIntactFrameThatBreaksTheRules() throws Exception {
    byte[] bytes = FrameCodec.encode(plant.windows("pump/flow", Plant.window(0, 1)));
    bytes[bytes.length - 8] ^= 1;
    seal(bytes);
    Arrival poison =
        assertInstanceOf(Unpacker.Unpacked.Judgeable.class, Unpacker.unpack(plant.edge(), bytes))
            .arrival();
    assertInstanceOf(Arrival.Poison.class, poison);
    assertEquals(
        List.of(FrameOutcome.REFUSED),
        session.store(List.of(poison)).settled().stream().map(Settled::outcome).toList());
    assertEquals("malformed", schema.one("select reason from quarantine"));
    assertEquals("1", schema.one("select readings from frame_fate where fate = 'refused'"));
  }

  /** Makes the checksum right again, as a faulty sender would. */
  private static void seal(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
  }

  @Test
  void keepsTheLedgerCompactAndCompleteWhateverTheOrder() throws Exception {
    List<Frame> frames =
        LongStream.range(0, 6)
            .mapToObj(i -> plant.windows("pump/flow", Plant.window(i, 1)))
            .toList();
    store(frames.get(4), frames.get(1));
    assertEquals("0", schema.one("select low_water from frame_ledger"));
    assertEquals("{[2,3),[5,6)}", schema.one("select above from frame_ledger"));
    store(frames.get(0), frames.get(2), frames.get(3), frames.get(5));
    assertEquals("6", schema.one("select low_water from frame_ledger"));
    assertEquals("{}", schema.one("select above from frame_ledger"));
    assertEquals("6", schema.one("select highest from frame_ledger"));
    assertEquals("6", schema.one("select running_total from frame_ledger"));
  }

  private static Window sumOf(double sum) {
    long start = Plant.START;
    return new Window(start, Plant.MINUTE, 2, 0, 0, 0, 1, 1, sum, 0, start, 1, start, 1);
  }

  private Map<FrameId, FrameOutcome> store(Frame... frames) throws Exception {
    return session.store(Arrays.stream(frames).map(Plant::arrival).toList()).settled().stream()
        .collect(Collectors.toMap(Settled::id, Settled::outcome, (a, b) -> a));
  }

  private List<FrameOutcome> outcomes(Frame... frames) throws Exception {
    return session.store(Arrays.stream(frames).map(Plant::arrival).toList()).settled().stream()
        .map(Settled::outcome)
        .toList();
  }
}
