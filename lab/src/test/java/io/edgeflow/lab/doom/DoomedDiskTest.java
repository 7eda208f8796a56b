package io.edgeflow.lab.doom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.gateway.disk.NioDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoomedDiskTest {
  /** Stands for the end of the process. */
  private static final class Halted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path home;
  private Path journal;
  private Path backlog;

  @BeforeEach
  void makesFolders() throws IOException {
    journal = Files.createDirectory(home.resolve("journal"));
    backlog = Files.createDirectory(home.resolve("backlog"));
  }

  @Test
  void endsAtTheNthOperationOfItsPointAndNoOther() throws IOException {
    DoomedDisk disk = doomed(Point.RENAME, 2, false);
    DiskFile file = disk.create(journal.resolve("a"));
    file.write(ByteBuffer.wrap(new byte[4]), 0);
    file.force();
    disk.rename(journal.resolve("a"), journal.resolve("b"));

    assertThrows(Halted.class, () -> disk.rename(journal.resolve("b"), journal.resolve("c")));

    assertTrue(Files.exists(journal.resolve("b")));
  }

  @Test
  void endsAfterTheOperationIfAskedTo() throws IOException {
    DoomedDisk disk = doomed(Point.RENAME, 1, true);
    disk.create(journal.resolve("a"));

    assertThrows(Halted.class, () -> disk.rename(journal.resolve("a"), journal.resolve("b")));

    assertTrue(Files.exists(journal.resolve("b")));
  }

  @Test
  void leavesAPartOfWhatWasWritten() throws IOException {
    DoomedDisk disk = doomed(Point.WRITE, 2, false);
    DiskFile file = disk.create(journal.resolve("seg"));
    file.write(ByteBuffer.wrap(new byte[10]), 0);

    assertThrows(Halted.class, () -> file.write(ByteBuffer.wrap(new byte[10]), 10));

    assertEquals(15, Files.size(journal.resolve("seg")));
  }

  @Test
  void tellsTheJournalFromTheBacklog() throws IOException {
    DoomedDisk sealing = doomed(Point.SEAL, 1, false);
    sealing.create(journal.resolve("seg-1.log.tmp"));
    sealing.create(backlog.resolve("1.db"));
    assertThrows(Halted.class, () -> sealing.create(backlog.resolve("1.db.tmp")));

    DoomedDisk rolling = doomed(Point.CHECKPOINT, 1, false);
    rolling.create(backlog.resolve("2.db.tmp"));
    assertThrows(Halted.class, () -> rolling.create(journal.resolve("seg-2.log.tmp")));
    assertFalse(Files.exists(journal.resolve("seg-2.log.tmp")));
  }

  @Test
  void countsEverythingForRecovery() throws IOException {
    DoomedDisk disk = doomed(Point.RECOVERY, 3, false);
    disk.list(journal);
    DiskFile file = disk.create(journal.resolve("a"));

    assertThrows(Halted.class, () -> file.read(ByteBuffer.allocate(1), 0));
  }

  private static DoomedDisk doomed(Point point, long nth, boolean done) {
    return new DoomedDisk(
        new NioDisk(),
        new Doom(point, nth, done),
        () -> {
          throw new Halted();
        });
  }
}
