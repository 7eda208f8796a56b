package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.replay;
import static io.edgeflow.gateway.journal.Journals.settings;
import static io.edgeflow.gateway.journal.SmallJournal.DIRECTORY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** J6, J2: a flipped bit in the name of the edge is no other edge. */
final class EdgeFileTest {
  private static final Path FILE = DIRECTORY.resolve(SegmentFiles.EDGE);

  @Test
  void believesTheSegmentsWhereItsOwnNameIsDamagedAndWritesItAnew() throws IOException {
    ForgetfulDisk disk = new ForgetfulDisk();
    try (Journal journal = Journal.open(settings(DIRECTORY), disk, new RecordingReplay())) {
      append(journal, "before", null);
    }
    byte[] whole = disk.bytes(FILE);
    for (int offset = 0; offset < whole.length; offset++) {
      ForgetfulDisk damaged = disk.copy();
      byte[] bytes = whole.clone();
      bytes[offset] ^= 4;
      damaged.put(FILE, bytes);

      assertEquals(1, replay(settings(DIRECTORY), damaged).records.size(), "byte " + offset);
      assertArrayEquals(whole, damaged.bytes(FILE), "byte " + offset);
    }
  }
}
