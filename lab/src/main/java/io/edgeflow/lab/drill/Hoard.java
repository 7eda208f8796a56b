package io.edgeflow.lab.drill;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.sim.NoisyEvents;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A backlog of any size without the days that it takes to grow: sealed files as a gateway writes
 * them, under an incarnation that its journal has never heard of. The next start adopts them (J8).
 */
final class Hoard {
  private static final int FRAME_BYTES = 64 << 10;
  private static final int FRAMES_PER_FILE = 256;

  private Hoard() {}

  /**
   * Into the data directory of a gateway that does not run.
   *
   * @return how many frames were sealed
   */
  static int seal(Path gatewayDirectory, long bytes, RandomGenerator random) throws IOException {
    var incarnation = new Incarnation(random.nextLong(), random.nextLong());
    int frames = Math.toIntExact(Math.ceilDiv(bytes, FRAME_BYTES));
    try (Backlog backlog =
        Backlog.open(new NioDisk(), gatewayDirectory.resolve("backlog"), House.EDGE)) {
      for (int first = 0; first < frames; first += FRAMES_PER_FILE) {
        seal(backlog, incarnation, first, Math.min(frames, first + FRAMES_PER_FILE), random);
      }
    }
    return frames;
  }

  private static void seal(
      Backlog backlog, Incarnation incarnation, int first, int end, RandomGenerator random)
      throws IOException {
    Map<FrameId, byte[]> frames = new LinkedHashMap<>();
    for (int number = first + 1; number <= end; number++) {
      var id = new FrameId(incarnation, Lane.EVENT, number);
      frames.put(id, NoisyEvents.frame(House.EDGE, id, FRAME_BYTES, random));
    }
    backlog.seal(
        Lane.EVENT, List.copyOf(frames.keySet()), id -> Objects.requireNonNull(frames.get(id)));
  }
}
