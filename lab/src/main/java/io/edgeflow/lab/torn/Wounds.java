package io.edgeflow.lab.torn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Which places of a directory are damaged, one at a time. */
final class Wounds {
  private static final int BITS = 8;

  private Wounds() {}

  /**
   * Every so many bytes of each file one is flipped, and the file cut off there; which ones is left
   * to chance. Of files shorter than {@code small} it is every byte.
   *
   * @param stride 1 or more
   */
  static List<Wound> of(SmallEdge edge, int stride, int small, SplittableRandom random) {
    List<Wound> wounds = new ArrayList<>();
    for (Path file : edge.files()) {
      int length = edge.disk().bytes(file).length;
      int step = length <= small ? 1 : stride;
      for (int from = 0; from < length; from += step) {
        int offset = from + random.nextInt(Math.min(step, length - from));
        wounds.add(new Wound(file, offset, 0));
        wounds.add(new Wound(file, offset, 1 << random.nextInt(BITS)));
      }
    }
    return wounds;
  }

  /** How long a stride must be for about so many wounds. */
  static int strideFor(SmallEdge edge, int wounds) {
    long bytes = edge.files().stream().mapToLong(f -> edge.disk().bytes(f).length).sum();
    return (int) Math.max(1, 2 * bytes / Math.max(1, wounds));
  }
}
