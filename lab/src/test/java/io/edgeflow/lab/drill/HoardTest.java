package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.Contents;
import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.lab.child.House;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backlog of a drill is one that a gateway finds, whole, and about as large as was asked. */
final class HoardTest {
  private static final long BYTES = 20L << 20;

  @TempDir Path data;

  @Test
  void sealsFilesThatAGatewayCanRead() throws Exception {
    int frames = Hoard.seal(data, BYTES, new Random(7));

    try (Backlog backlog = Backlog.open(new NioDisk(), data.resolve("backlog"), House.EDGE)) {
      Set<Object> found = new HashSet<>();
      for (FileInfo file : backlog.files()) {
        Contents contents = backlog.verify(file.id());
        assertTrue(contents.missing().isEmpty(), contents::toString);
        contents.file().frames().forEach(frame -> found.add(frame.id()));
      }
      assertEquals(frames, found.size());
      double share = backlog.bytes() / (double) BYTES;
      assertTrue(share > 0.9 && share < 1.2, "of what was asked: " + share);
    }
  }
}
