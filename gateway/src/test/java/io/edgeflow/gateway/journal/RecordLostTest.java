package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** J2, J10: a record counts as lost only when that is certain. */
final class RecordLostTest {
  private static final Path DIRECTORY = Path.of("/journal");

  private final ForgetfulDisk files = new ForgetfulDisk();
  private final FaultyDisk disk = new FaultyDisk(files);

  private Journal open() throws IOException {
    return Journal.open(settings(DIRECTORY), disk, new RecordingReplay());
  }

  private static Path file(LogPosition position) {
    return SegmentFiles.segment(DIRECTORY, position.segment());
  }

  @Test
  void aDeletedSegmentsRecordsAreLost() throws IOException {
    try (Journal journal = open()) {
      LogPosition first = appendSynced(journal, "a");
      journal.roll(new byte[1]);
      appendSynced(journal, "b");
      assertTrue(journal.delete(first.segment()));
      assertThrows(RecordLost.class, () -> journal.read(first));
    }
  }

  @Test
  void aFlippedByteLosesItsRecordAndNoOther() throws IOException {
    try (Journal journal = open()) {
      LogPosition hit = appendSynced(journal, "a");
      LogPosition spared = appendSynced(journal, "b");
      byte[] bytes = files.bytes(file(hit));
      bytes[(int) hit.offset() + RecordFormat.HEADER_BYTES] ^= 1;
      files.put(file(hit), bytes);
      assertThrows(RecordLost.class, () -> journal.read(hit));
      assertEquals("b", new String(journal.read(spared), UTF_8));
    }
  }

  @Test
  void aByteThatWasReadWrongOnceLosesNothing() throws IOException {
    try (Journal journal = open()) {
      LogPosition position = appendSynced(journal, "a");
      disk.garble(1);
      assertEquals("a", new String(journal.read(position), UTF_8));
      disk.garble(2);
      assertThrows(RecordLost.class, () -> journal.read(position));
    }
  }

  @Test
  void aFileThatWasCutOffLosesWhatLayBehind() throws IOException {
    try (Journal journal = open()) {
      LogPosition position = appendSynced(journal, "a");
      byte[] bytes = files.bytes(file(position));
      files.put(file(position), Arrays.copyOf(bytes, (int) position.offset() + 5));
      assertThrows(RecordLost.class, () -> journal.read(position));
    }
  }

  @Test
  void aFileThatSomebodyRemovedLosesItsRecords() throws IOException {
    try (Journal journal = open()) {
      LogPosition position = appendSynced(journal, "a");
      files.delete(file(position));
      assertThrows(RecordLost.class, () -> journal.read(position));
    }
  }

  /** As when the volume is not mounted: all of it may be there again in a moment. */
  @Test
  void aDirectoryThatIsOutOfSightLosesNothing() throws IOException {
    try (Journal journal = open()) {
      LogPosition position = appendSynced(journal, "a");
      byte[] bytes = files.bytes(file(position));
      files.delete(file(position));
      files.delete(DIRECTORY.resolve(SegmentFiles.EDGE));
      assertPasses(assertThrows(IOException.class, () -> journal.read(position)));
      files.put(file(position), bytes);
      assertEquals("a", new String(journal.read(position), UTF_8));
    }
  }

  @Test
  void aDiskThatCannotReadNowLosesNothing() throws IOException {
    try (Journal journal = open()) {
      LogPosition position = appendSynced(journal, "a");
      for (Operation failing : new Operation[] {Operation.OPEN, Operation.READ}) {
        disk.fault(FaultyDisk.failing(failing));
        assertPasses(assertThrows(IOException.class, () -> journal.read(position)));
      }
      disk.heal();
      assertEquals("a", new String(journal.read(position), UTF_8));
    }
  }

  @Test
  void aSegmentWhoseHeaderTheDiskCouldNotReadAtTheStartLosesNothing() throws IOException {
    LogPosition position;
    try (Journal journal = open()) {
      position = appendSynced(journal, "a");
    }
    disk.fault(FaultyDisk.failing(Operation.READ));
    try (Journal journal = open()) {
      disk.heal();
      assertPasses(assertThrows(IOException.class, () -> journal.read(position)));
    }
    assertTrue(files.list(DIRECTORY).contains(file(position)), "the file must stay for later");
  }

  private static void assertPasses(IOException e) {
    assertFalse(e instanceof RecordLost, () -> "not certain: " + e);
  }
}
