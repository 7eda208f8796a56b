package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.Reserve;
import io.edgeflow.gateway.journal.JournalHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** J9, J10: a disk that is full while the gateway runs, and how it gets out of that by itself. */
final class ReserveKeeperTest {
  private static final Path DIRECTORY = Path.of("/data/journal");
  private static final Path RESERVE = Path.of("/data/reserve");
  private static final long RESERVE_BYTES = 128 << 10;

  private final FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());

  private Edge open(long segmentBytes) throws IOException {
    return Edge.withReserve(DIRECTORY, disk, START_MICROS, RESERVE_BYTES, segmentBytes);
  }

  private Edge openHoldingTheReserve(long segmentBytes) throws IOException {
    Edge edge = open(segmentBytes);
    passUntil(edge, "the reserve is made", this::held);
    return edge;
  }

  private boolean held() {
    return Reserve.at(disk, RESERVE, RESERVE_BYTES, 0).held();
  }

  private static void passUntil(Edge edge, String what, BooleanSupplier condition) {
    Edge.await(
        what,
        () -> {
          pass(edge);
          return condition.getAsBoolean();
        });
  }

  /** One round of the owner thread at least. */
  private static void pass(Edge edge) {
    edge.pass(SECOND);
    edge.figures();
  }

  /** Much to write, and one reading to number. */
  private static Submission ballast(Edge edge, int times) {
    String reading = "{\"value\":7,\"ts\":" + START_MICROS / 1000 + "},";
    String all = reading.repeat(times);
    return edge.publish("ballast/x", "[" + all.substring(0, all.length() - 1) + "]");
  }

  private static void deliverAll(Edge edge) {
    edge.announced.keySet().forEach(edge::deliver);
  }

  private static void takesAgain(Edge edge) {
    Submission submission = edge.publish("again/x", 1, START_MICROS);
    passUntil(edge, "a reading is taken", submission::safe);
  }

  @Test
  void recordsVerdictsOnAFullDiskAndFreesWhatTheySettle() throws IOException {
    // No segment is ever full here: a checkpoint comes only because it frees the ones before.
    try (Edge edge = openHoldingTheReserve(8 << 20)) {
      edge.awaitSafe(ballast(edge, 4_500));
      edge.closeWindows();
      disk.capacity(disk.used());

      deliverAll(edge);
      passUntil(edge, "the reserve is given up", () -> !held());
      passUntil(edge, "the verdicts are recorded", () -> !failing(edge));
      passUntil(edge, "the reserve is made again", this::held);
      takesAgain(edge);
    }
  }

  /** Nothing can be freed, but what was taken already can still be made safe. */
  @Test
  void syncsWhatWasTakenBeforeTheDiskWasFull() throws IOException {
    try (Edge edge = openHoldingTheReserve(Edge.SEGMENT_BYTES)) {
      edge.publishSafely("a/x", 1, START_MICROS);
      disk.capacity(disk.used());
      Submission late = edge.publish("late/x", 1, START_MICROS);
      passUntil(edge, "it is synced with the room of the reserve", late::safe);
      assertFalse(held());
    }
  }

  private static boolean failing(Edge edge) {
    return edge.recorder.journalHealth() instanceof JournalHealth.Failing;
  }

  @Test
  void takesNothingWhileTheReserveIsMissingAndCouldNotBeMade() throws IOException {
    disk.capacity(RESERVE_BYTES - 1);
    try (Edge edge = open(Edge.SEGMENT_BYTES)) {
      assertFalse(edge.roomAtOpening, "room was assumed before anybody had looked");
      Submission early = edge.publish("early/x", 1, START_MICROS);
      for (int i = 0; i < 20; i++) {
        pass(edge);
      }
      assertFalse(early.settled(), "taken without a reserve");
      assertFalse(edge.recorder.hasRoom());
      assertEquals(0, edge.figures().accepted());
      disk.capacity(2 * RESERVE_BYTES);
      passUntil(edge, "the reserve is made", this::held);
      passUntil(edge, "the reading is taken", early::safe);
    }
  }
}
