package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Outage.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the space policy leaves alone takes its part of the budget (J9, J10): everything else makes
 * room for it, before the intake has to stop.
 */
final class UnreadableFilesTest {
  private static final int BUDGET = 1 << 20;

  /** More than what reclaiming leaves free, so that nobody's readings would be taken. */
  private static final int UNREADABLE = BUDGET / 3;

  @TempDir Path temp;

  private final Outage outage = new Outage(new Random(21), 60);

  /** Of a file that cannot even be opened the directory still tells the size. */
  @ParameterizedTest
  @EnumSource(names = {"OPEN", "READ"})
  void goesOnBesideAFileThatTheDiskRefuses(Operation refused) throws Exception {
    Path directory = temp.resolve("a");
    Path file = plant(directory.resolve("backlog"), "00000000000000aa-window.mapdb");
    FaultyDisk disk = new FaultyDisk(new NioDisk());
    disk.fault(FaultyDisk.failing(refused, file));

    try (Edge edge = Edge.withBudget(directory, disk, BUDGET, Edge.START_MICROS)) {
      EventRow told = event(edge, "backlog-unreadable");
      assertEquals("1", told.detail().get("files"));
      assertEquals(Integer.toString(UNREADABLE), told.detail().get("bytes"));
      long most = fill(edge, directory);
      assertTrue(most <= BUDGET, most + " bytes of " + BUDGET);
      assertEquals(UNREADABLE, Files.size(file), "what nobody could read was touched");
    }
  }

  /** Damaged files that were kept for inspection count as well. */
  @Test
  void goesOnBesideWhatWasSetAside() throws Exception {
    Path directory = temp.resolve("a");
    plant(directory.resolve("backlog/damaged"), "00000000000000aa-window.mapdb");

    try (Edge edge = Edge.withBudget(directory, BUDGET)) {
      long most = fill(edge, directory);
      assertTrue(most <= BUDGET, most + " bytes of " + BUDGET);
    }
  }

  private static Path plant(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    return Files.write(folder.resolve(name), new byte[UNREADABLE]);
  }

  /**
   * Sends until windows had to be dropped; each minute must be acknowledged.
   *
   * @return the most bytes that were found on the disk
   */
  private long fill(Edge edge, Path directory) throws IOException {
    long most = 0;
    LaneFigures lane;
    do {
      for (int i = 0; i < 50; i++) {
        edge.awaitSafe(outage.minute(edge));
        edge.pass(MINUTE);
        most = Math.max(most, Edge.bytesOf(directory));
      }
      edge.awaitQuiet();
      most = Math.max(most, Edge.bytesOf(directory));
      lane = Outage.lane(edge.figures(), Lane.WINDOW);
    } while (lane.dropped().frames() == 0 && outage.minutes() < 5_000);
    assertTrue(lane.dropped().frames() > 0, "not tight: " + lane);
    Outage.assertBalanced(edge.figures(), "with a file that cannot be read");
    return most;
  }

  private static EventRow event(Edge edge, String type) {
    return edge.pendingEvents().stream()
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no event " + type));
  }
}
