package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frame whose record was damaged is derived again, and once only (J2). */
final class DerivedAgainTest {
  private static final String FIRST = "seg-0000000000000001.log";
  private static final String SECOND = "seg-0000000000000002.log";

  @TempDir private Path data;

  /** The start after the damage may end before its checkpoint, and the next one starts over. */
  @Test
  void goesUnderOneNumberHoweverOftenAStartBeginsOver() throws IOException {
    try (Edge edge = Edge.open(journal())) {
      edge.publishSafely("pump/flow", 1.5, Edge.START_MICROS);
    }
    damageTheLastWindowFrame();

    for (int start = 1; start <= 3; start++) {
      try (Edge edge = Edge.open(journal())) {
        edge.awaitQuiet();
        assertEquals(1, readings(edge), "at start " + start);
      }
      forgetTheCheckpoint();
    }
  }

  private Path journal() {
    return data.resolve("journal");
  }

  /** The last record but one: behind it is the seal of its incarnation. */
  private void damageTheLastWindowFrame() throws IOException {
    List<LogPosition> records = new ArrayList<>();
    try (StoppedEdge stopped = StoppedEdge.open(new NioDisk(), data).orElseThrow()) {
      stopped.records(record -> records.add(record.position()));
    }
    LogPosition frame = records.get(records.size() - 2);
    assertTrue(frame.length() > 60, "no frame lies there: " + frame);
    Path file = journal().resolve(FIRST);
    byte[] bytes = Files.readAllBytes(file);
    bytes[Math.toIntExact(frame.offset()) + 50] ^= 1;
    Files.write(file, bytes);
  }

  /** Leaves what the start wrote before it. */
  private void forgetTheCheckpoint() throws IOException {
    List<Path> later;
    try (Stream<Path> files = Files.list(journal())) {
      later =
          files
              .filter(file -> file.toString().endsWith(".log"))
              .filter(file -> file.getFileName().toString().compareTo(SECOND) > 0)
              .toList();
    }
    assertTrue(!later.isEmpty(), "no segment begins with a checkpoint");
    for (Path file : later) {
      Files.delete(file);
    }
  }

  private static long readings(Edge edge) {
    return edge.frames().entrySet().stream()
        .filter(entry -> entry.getKey().lane() == Lane.WINDOW)
        .map(entry -> entry.getValue())
        .mapToLong(Frame::readings)
        .sum();
  }
}
