package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.capture.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A6: the counters live as long as the directory. */
final class ReadingCountsTest {
  @Test
  void comeBackFromACheckpointAsTheyWere() throws IOException {
    ReadingCounts counts = new ReadingCounts();
    counts.rejected(RejectReason.UNPARSEABLE);
    counts.rejected(RejectReason.UNPARSEABLE);
    counts.refused(RejectReason.SERIES_LIMIT, 5);
    counts.received += 30;
    counts.accepted = 30;
    counts.folded = 20;
    counts.duplicate = 4;
    counts.conflict = 3;
    counts.unverifiable = 2;
    counts.unstamped = 1;

    ReadingCounts back = new ReadingCounts();
    back.read(new DataInputStream(new ByteArrayInputStream(written(counts))));
    assertEquals(Map.of(RejectReason.UNPARSEABLE, 2L), back.rejected());
    assertEquals(Map.of(RejectReason.SERIES_LIMIT, 5L), back.refused());
    assertEquals(37, back.received, "received = accepted + rejected + refused");
    assertEquals(30, back.accepted);
    assertEquals(20, back.folded);
    assertEquals(4, back.duplicate);
    assertEquals(3, back.conflict);
    assertEquals(2, back.unverifiable);
    assertEquals(1, back.unstamped);
  }

  private static byte[] written(ReadingCounts counts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
