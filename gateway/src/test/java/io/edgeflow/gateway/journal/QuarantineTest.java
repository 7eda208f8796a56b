package io.edgeflow.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** J2: what is set aside for inspection takes no more than its share, and never a part of it. */
final class QuarantineTest {
  private static final Path DIRECTORY = Path.of("/journal");
  private static final Path DAMAGED = DIRECTORY.resolve(SegmentFiles.DAMAGED);

  private final ForgetfulDisk disk = new ForgetfulDisk();

  @Test
  void keepsNoMoreThanItsShareAndTheNewestFirst() throws IOException {
    Quarantine quarantine = new Quarantine(disk, DIRECTORY, 100);
    for (int id = 1; id <= 9; id++) {
      quarantine.copy(segment(id, 40), 0, 40);
    }

    assertEquals(List.of(aside(8), aside(9)), disk.list(DAMAGED));
    assertEquals(80, quarantine.bytes());
  }

  @Test
  void keepsTheNewestEvenIfItAloneIsTooMuch() throws IOException {
    Quarantine quarantine = new Quarantine(disk, DIRECTORY, 100);
    quarantine.copy(segment(1, 40), 0, 40);
    quarantine.move(segment(2, 500));

    assertEquals(List.of(aside(2)), disk.list(DAMAGED));
  }

  @Test
  void leavesNoPartOfACopyOnADiskThatIsFull() throws IOException {
    FaultyDisk full = new FaultyDisk(disk);
    full.fault(
        operation -> {
          if (operation == Operation.FORCE) {
            throw new IOException("No space left on device");
          }
        });
    new Quarantine(full, DIRECTORY, 100).copy(segment(1, 40), 0, 40);

    assertEquals(List.of(), disk.list(DAMAGED));
  }

  @Test
  void deletesWhatAKilledProcessLeftIncomplete() throws IOException {
    disk.put(SegmentFiles.temporary(aside(1)), new byte[40]);
    new Quarantine(disk, DIRECTORY, 100).copy(segment(2, 40), 0, 40);

    assertEquals(List.of(aside(2)), disk.list(DAMAGED));
  }

  @Test
  void countsInTheJournalThatFoundIt() throws IOException {
    SmallJournal small = new SmallJournal();
    Path file = small.threeSegments().getLast();
    byte[] bytes = small.disk.bytes(file);
    bytes[bytes.length / 2] ^= 1;
    small.disk.put(file, bytes);

    try (Journal journal =
        Journal.open(
            Journals.settings(SmallJournal.DIRECTORY), small.disk, new RecordingReplay())) {
      assertTrue(journal.setAsideBytes() >= 0);
      assertEquals(
          small.disk.list(SmallJournal.DIRECTORY.resolve(SegmentFiles.DAMAGED)).stream()
              .mapToLong(aside -> small.disk.bytes(aside).length)
              .sum(),
          journal.setAsideBytes());
    }
  }

  private Inventory.Found segment(long id, int bytes) {
    Path file = SegmentFiles.segment(DIRECTORY, id);
    disk.put(file, new byte[bytes]);
    return new Inventory.Found(id, file, bytes, null, false);
  }

  private static Path aside(long id) {
    return SegmentFiles.setAside(DIRECTORY, id, 0);
  }
}
