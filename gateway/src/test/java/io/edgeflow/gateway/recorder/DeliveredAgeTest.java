package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * J10, T3: what was delivered stays for {@code buffer.keepDelivered} of the time that the edge
 * runs, two days here, whatever its wall clock says.
 */
final class DeliveredAgeTest {
  private static final long HOUR = TimeUnit.HOURS.toMicros(1);
  private static final long TEN_YEARS = TimeUnit.DAYS.toMicros(3_652);

  @TempDir Path temp;

  @Test
  void aClockThatIsTenYearsAheadAtTheStartLetsNothingGo() throws Exception {
    Path directory = temp.resolve("a");
    long before = fillAndDeliver(directory);

    try (Edge edge = Edge.openAt(directory, Edge.START_MICROS + TEN_YEARS)) {
      assertKept(edge, before);
    }
    try (Edge edge = Edge.openAt(directory, 0)) {
      assertKept(edge, before);
      edge.wallMicros.set(Edge.START_MICROS + 2 * TEN_YEARS);
      assertKept(edge, before);
    }
  }

  @Test
  void goesWhenTheEdgeRanForLongEnoughRestartsAndAllThat() throws Exception {
    Path directory = temp.resolve("a");
    long before = fillAndDeliver(directory);
    try (Edge edge = Edge.openAt(directory, Edge.START_MICROS)) {
      run(edge, 30);
      assertKept(edge, before);
    }
    try (Edge edge = Edge.openAt(directory, Edge.START_MICROS)) {
      run(edge, 10);
      assertKept(edge, before);
      run(edge, 9);
      edge.awaitQuiet();
      long left = edge.recorder.journalBytes();
      assertTrue(left < before / 2, left + " bytes of " + before);
    }
  }

  @Test
  void remembersBothKindsOfFiles() {
    Ages ages = new Ages();
    ages.seen(7, List.of(new Ages.Home.Segment(3)));
    ages.seen(9, List.of(new Ages.Home.Segment(3), new Ages.Home.Sealed(3)));
    RecordWriter out = new RecordWriter();
    ages.write(out);

    Ages read = new Ages();
    read.read(new RecordReader(out.copy()));

    assertEquals(9, read.uptimeMicros());
    assertEquals(OptionalLong.of(7), read.since(new Ages.Home.Segment(3)));
    assertEquals(OptionalLong.of(9), read.since(new Ages.Home.Sealed(3)));
    read.keepOnly(List.of(new Ages.Home.Sealed(3)));
    assertEquals(OptionalLong.empty(), read.since(new Ages.Home.Segment(3)));
  }

  /** Returns what the journal takes, all of which is delivered. */
  private static long fillAndDeliver(Path directory) throws Exception {
    try (Edge edge = Edge.open(directory)) {
      new Outage(new Random(5), 100).minutes(edge, 300);
      edge.closeWindows();
      edge.pendingFrames()
          .keySet()
          .forEach(id -> edge.recorder.outbox().settle(Verdicts.committed(id)).join());
      edge.awaitQuiet();
      return edge.recorder.journalBytes();
    }
  }

  /** Monotonic time alone: the wall clock stands. */
  private static void run(Edge edge, int hours) {
    for (int hour = 0; hour < hours; hour++) {
      edge.nanos.addAndGet(TimeUnit.MICROSECONDS.toNanos(HOUR));
      edge.awaitRound();
    }
  }

  private static void assertKept(Edge edge, long before) {
    edge.awaitQuiet();
    long now = edge.recorder.journalBytes();
    assertTrue(now >= before, "only " + now + " bytes are left of " + before);
  }
}
