package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** L2 to L4, L12 and J7 over links that drop, double and reorder, with clouds that lose data. */
final class SendPlanSimulationTest {
  private static final int WORLDS = Integer.getInteger("edgeflow.worlds", 60);

  @Test
  void everyFrameReachesItsVerdictWhateverTheLinkDoes() {
    long first = Long.getLong("edgeflow.seed", System.nanoTime() & 0xFFFF_FFFFL);
    System.out.println("seeds from " + first);
    for (long seed = first; seed < first + WORLDS; seed++) {
      SimulatedWorld world = new SimulatedWorld(seed);
      world.run(2000);
      world.calmDown();
      long ofWorld = seed;
      assertTrue(world.sends > 100, () -> "hardly anything was sent, seed " + ofWorld);
      assertEquals("[]", world.lost(), () -> "lost at the cloud, seed " + ofWorld);
    }
  }

  /** None is sent needlessly often: without a fault, once, however little fits into memory. */
  @Test
  void sendsEveryFrameOnceWhereNothingFails() {
    long first = Long.getLong("edgeflow.seed", System.nanoTime() & 0xFFFF_FFFFL);
    System.out.println("seeds from " + first);
    for (long seed = first; seed < first + WORLDS; seed++) {
      SimulatedWorld world = new SimulatedWorld(seed);
      world.calm = true;
      for (int step = 0; step < 2000; step++) {
        if (world.random.nextInt(3) == 0) {
          world.makeFrame();
        }
        world.step();
      }
      world.calmDown();
      long ofWorld = seed;
      assertEquals(1, world.mostSends(), () -> "sent more than once, seed " + ofWorld);
      assertEquals("[]", world.lost(), () -> "lost at the cloud, seed " + ofWorld);
    }
  }
}
