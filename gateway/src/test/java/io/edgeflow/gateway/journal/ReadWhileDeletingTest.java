package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.NioDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader gets the record's own bytes or is told that they are gone, whatever is deleted
 * meanwhile.
 */
final class ReadWhileDeletingTest {
  private static final int SEGMENTS = 40;

  @TempDir Path directory;

  @Test
  void readersNeverGetOtherBytes() throws Exception {
    List<LogPosition> positions = new CopyOnWriteArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    try (Journal journal = Journal.open(settings(directory), new NioDisk(), new RecordingReplay());
        ExecutorService readers = Executors.newFixedThreadPool(2)) {
      Callable<Long> reading = () -> readAll(journal, positions, done);
      List<Future<Long>> reads = List.of(readers.submit(reading), readers.submit(reading));
      for (int i = 0; i < SEGMENTS; i++) {
        positions.add(appendSynced(journal, "segment " + i));
        journal.roll(new byte[1]);
        appendSynced(journal, "filler");
        if (i >= 5) {
          assertTrue(journal.delete(positions.get(i - 5).segment()));
        }
      }
      done.set(true);
      for (Future<Long> count : reads) {
        assertTrue(count.get() > 0, "a reader read nothing");
      }
    }
  }

  private static long readAll(Journal journal, List<LogPosition> positions, AtomicBoolean done) {
    long read = 0;
    while (!done.get() || read == 0) {
      for (int i = 0; i < positions.size(); i++) {
        try {
          assertEquals("segment " + i, new String(journal.read(positions.get(i)), UTF_8));
          read++;
        } catch (IOException gone) {
          // Its segment was deleted.
        }
      }
    }
    return read;
  }
}
