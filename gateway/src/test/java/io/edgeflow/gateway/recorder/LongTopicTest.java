package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.sparkplug.SparkplugHost;
import io.edgeflow.gateway.sparkplug.SparkplugSettings;
import io.edgeflow.wire.frame.EventRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other brokers allow topics of 64 KiB; an event of a node says what it is called. */
// On a thread of its own: a recorder that broke keeps whoever closes it.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LongTopicTest {
  /** A metric that is only an alias: of an unknown node that is a gap, and an event. */
  private static final byte[] ALIAS = {0x12, 2, 0x10, 1};

  @TempDir Path directory;

  @Test
  void tellsOnlyOfNodesWhoseNamesAnEventCanHold() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.recorder.understand(
          new SparkplugHost(
              new SparkplugSettings("<node>/<device>/<metric>", Set.of(), 0, 10),
              edge.nanos::get,
              edge.wallMicros::get));
      edge.figures(); // The next message is read so: what was asked before is done.
      for (int length : List.of(200, 9_000)) {
        String name = "x".repeat(length);
        Submission said =
            Submission.mqtt("spBv1.0/" + name + "/NDATA/" + name, ALIAS.clone(), edge.nanos.get());
        assertTrue(edge.recorder.intake().offer(said));
        edge.awaitSafe(said);
      }
      edge.publishSafely("a/b", 1, Edge.START_MICROS);
      edge.closeWindows();
      assertEquals(1, gaps(edge).size());
      assertEquals(RejectReason.BAD_SERIES_NAME, edge.rejects.last().getFirst().reason());
    }
    try (Edge again = Edge.open(directory)) {
      again.publishSafely("a/b", 1, Edge.START_MICROS);
    }
  }

  private static List<EventRow> gaps(Edge edge) {
    return edge.frames().values().stream()
        .flatMap(frame -> frame.events().stream())
        .filter(event -> event.type().equals("sparkplug-gap"))
        .toList();
  }
}
