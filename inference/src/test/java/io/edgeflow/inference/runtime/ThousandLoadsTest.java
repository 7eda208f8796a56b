package io.edgeflow.inference.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reloaded sessions are known to leak native memory. One model here has weights of 256 KiB and
 * buffers of 512 KiB: a thousand that stay would be 750 MiB.
 */
final class ThousandLoadsTest {
  private static final int ROW = 64;
  private static final int BATCH = 1024;

  /** 7 to 10 MiB were measured, of which the Java heap is a part; 570 with buffers that stay. */
  private static final long BOUND = 32L << 20;

  @TempDir Path directory;

  @Test
  void aThousandLoadsLeaveTheMemoryAsItWas() throws Exception {
    assumeTrue(ResidentPages.known(), "only Linux tells");
    long seed = new Random().nextLong();
    var random = new Random(seed);
    String said = "seed " + seed;
    Path graph = TestGraphs.write(directory, "model", TestGraphs.autoencoder(ROW, 512, random));
    loads(graph, 200, random);
    long before = ResidentPages.bytes();

    loads(graph, 1000, random);

    long grown = ResidentPages.bytes() - before;
    System.out.printf("1000 loads: resident memory %+d KiB, %s%n", grown >> 10, said);
    assertTrue(grown < BOUND, () -> "grown by " + grown + " bytes, " + said);
  }

  private static void loads(Path graph, int times, Random random)
      throws IOException, ModelRefusedException, ScoringException {
    float[] rows = new float[BATCH * ROW];
    for (int i = 0; i < times; i++) {
      try (Scorer model = TestRuntime.get().load(graph, TestRuntime.spec(ROW))) {
        rows[i % rows.length] = random.nextFloat();
        int count = 1 + random.nextInt(BATCH);
        assertEquals(count * ROW, model.score(rows, count).length);
      }
    }
  }
}
