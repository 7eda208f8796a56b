package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.Reserve;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.gateway.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** J9: a checkpoint for which there is no room, not even that of the reserve. */
final class CheckpointRoomTest {
  private static final Path DIRECTORY = Path.of("/data/journal");
  private static final Path RESERVE = Path.of("/data/reserve");
  private static final Path BACKLOG = Path.of("/data/backlog");
  private static final int SEGMENT_BYTES = 50_000;
  private static final int RESERVE_BYTES = 20_000;

  private final FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());
  private final Replayer replayer = new Replayer(Edge.MINUTES);
  private final Reserve reserve = Reserve.at(disk, RESERVE, RESERVE_BYTES, 0);
  private Journal journal;
  private ReserveKeeper keeper;
  private Housekeeping housekeeping;

  @BeforeEach
  void fill() throws IOException {
    reserve.restore();
    JournalSettings settings =
        new JournalSettings(DIRECTORY, "pi-7", Duration.ZERO, Duration.ofMinutes(1), SEGMENT_BYTES);
    journal = Journal.open(settings, disk, replayer);
    keeper = new ReserveKeeper(reserve, journal, 0, () -> SpaceSurvey.usable(disk, DIRECTORY));
    Backlog backlog = Backlog.open(disk, BACKLOG, "pi-7");
    WorkingRoom working = new WorkingRoom(replayer.state(), journal, backlog, settings());
    housekeeping = new Housekeeping(replayer.state(), journal, keeper, working);
    append(SEGMENT_BYTES);
  }

  /** A budget of its own: it is the disk that is full. */
  private static RecorderSettings settings() {
    return new RecorderSettings(
        "pi-7",
        Edge.MINUTES,
        Duration.ZERO,
        1024,
        1L << 30,
        0,
        Duration.ofDays(2),
        true,
        BACKLOG,
        Acknowledge.SYNCED,
        RESERVE_BYTES,
        List.of());
  }

  @AfterEach
  void close() {
    keeper.close();
    journal.close();
  }

  private void append(int bytes) {
    journal.append(RecordType.EVENT.code(), new byte[bytes], 0, bytes, null);
    journal.wantSync();
    Edge.await("it is synced", () -> journal.syncedNumber() == journal.lastNumber());
  }

  private void manySeries() {
    for (int i = 0; i < 2000; i++) {
      replayer.state().series.define(new SeriesRegistry.Series(i, "pump-" + i, Kind.GAUGE, "l/s"));
    }
  }

  @Test
  void isPutOffUntilThereIsRoomAndWhatComesAfterItIsSyncedMeanwhile() throws IOException {
    manySeries();
    disk.capacity(disk.used() + 1_000);

    housekeeping.rollIfDue();
    Edge.await("the reserve is given up for it", () -> reserve.bytes() == 0);
    housekeeping.lookedAtRoom();
    housekeeping.rollIfDue();
    assertTrue(housekeeping.owedBytes() > RESERVE_BYTES, "it does not fit");
    append(100);
    assertEquals(new JournalHealth.Ok(), journal.health());
    assertEquals(1, journal.segments().size());

    disk.capacity(disk.used() + housekeeping.owedBytes() + 10_000);
    housekeeping.lookedAtRoom();
    housekeeping.rollIfDue();
    Edge.await("it is written", () -> journal.segments().size() == 2);
    assertEquals(0, housekeeping.owedBytes());
  }

  @Test
  void isWrittenWithTheRoomOfTheReserveWhereThatIsEnough() throws IOException {
    disk.capacity(disk.used() + 1_000);

    housekeeping.rollIfDue();
    Edge.await("the reserve is given up for it", () -> reserve.bytes() == 0);
    housekeeping.lookedAtRoom();
    housekeeping.rollIfDue();
    Edge.await("it is written", () -> journal.segments().size() == 2);
  }

  /** Else each look at a disk without room would cost another one. */
  @Test
  void isWrittenToFreeSegmentsOnlyIfTheyTakeMoreThanItDoes() {
    housekeeping.rollIfDue();
    Edge.await("it is written", () -> journal.segments().size() == 2);

    housekeeping.rollToFree();
    assertTrue(housekeeping.mayAppend(), "nothing has come since");
    append(SEGMENT_BYTES / 2);
    housekeeping.rollToFree();
    housekeeping.rollIfDue();
    Edge.await("it is written", () -> journal.segments().size() == 3);
  }
}
