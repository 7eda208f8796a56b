package io.edgeflow.gateway.uplink;

import static io.edgeflow.gateway.uplink.Fleet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A thousand edges that lose one cloud and find it again at one instant do not storm it (L4). */
final class FleetTest {
  private static final int EDGES = 1000;
  private static final long CREDIT = 256L << 20;
  private static final Duration JITTER = Duration.ofSeconds(5);

  private final long seed = Long.getLong("edgeflow.seed", System.nanoTime());
  private final Fleet fleet = new Fleet(seed, EDGES, CREDIT, JITTER);

  /** A broker that restarted: the first retries are spread over a second. */
  @Test
  void comesBackWithinSecondsAfterAMoment() {
    settle();
    fleet.cut();
    fleet.up = true;
    int seconds = untilAllSend();
    print("a moment");
    assertTrue(seconds <= 3, () -> seconds + " s, seed " + seed);
    assertEquals(EDGES, fleet.hellos.total, () -> "hellos, seed " + seed);
    assertTrue(fleet.connects.peak() <= EDGES, () -> "seed " + seed);
  }

  @Test
  void comesBackSpreadOverTheBackOffAfterAnOutage() {
    settle();
    fleet.cut();
    fleet.edges.forEach(edge -> edge.number(20));
    fleet.run(600 * SECOND);
    fleet.forgetPeaks();
    fleet.up = true;
    int seconds = untilAllSend();
    int drained = untilDrained();
    print("ten minutes");
    assertTrue(seconds <= 32, () -> seconds + " s, seed " + seed);
    // 67 of them on average in the first second, binomial: more than 125 once in 10^11 runs.
    assertTrue(fleet.connects.peak() <= EDGES / 8, () -> "connects, seed " + seed);
    assertTrue(fleet.hellos.peak() <= EDGES / 8, () -> "hellos, seed " + seed);
    assertEquals(EDGES, fleet.hellos.total, () -> "hellos, seed " + seed);
    assertTrue(fleet.mostInFlight <= CREDIT, () -> fleet.mostInFlight + ", seed " + seed);
    assertEquals(20L * EDGES, fleet.sends, () -> "sent more than once, seed " + seed);
    assertTrue(drained <= 120, () -> drained + " s, seed " + seed);
  }

  /**
   * Power returns to a region: every edge starts and is linked in the same second, and what they
   * have does not come in that second. Without the pause it does.
   */
  @Test
  void pausesBeforeTheBacklogPoursIn() {
    Fleet storm = new Fleet(seed, EDGES, CREDIT, Duration.ZERO);
    long stormed = firstSecond(storm);
    long paused = firstSecond(fleet);
    print("power returns");
    System.out.printf("without the pause %d MiB%n", stormed >> 20);
    assertTrue(stormed > CREDIT / 2, () -> "nothing to avoid, seed " + seed);
    assertTrue(paused < stormed / 3, () -> paused + ", not " + stormed + ", seed " + seed);
    untilDrained();
    assertEquals(20L * EDGES, fleet.sends, () -> "sent more than once, seed " + seed);
  }

  private static long firstSecond(Fleet fleet) {
    fleet.edges.forEach(edge -> edge.number(20));
    fleet.run(SECOND);
    return fleet.mostInFlight;
  }

  /** L4: at zero, one old frame per interval and edge, until there is credit again. */
  @Test
  void tricklesWhileThereIsNoCredit() {
    settle();
    fleet.creditOfAll = 0;
    fleet.edges.forEach(Fleet.Edge::lose);
    fleet.edges.forEach(edge -> edge.number(20));
    untilAllSend();
    fleet.run(20 * SECOND);
    fleet.forgetPeaks();
    fleet.run(300 * SECOND);
    print("no credit");
    long intervals = 300 * SECOND / UplinkSettings.DEFAULTS.resendAfter().toNanos();
    for (Fleet.Edge edge : fleet.edges) {
      assertTrue(edge.sends <= intervals + 1, () -> edge.sends + " sends, seed " + seed);
      assertTrue(edge.sends >= intervals - 1, () -> edge.sends + " sends, seed " + seed);
    }
    assertEquals(0, fleet.hellos.total);
    fleet.creditOfAll = CREDIT;
    untilDrained();
    assertEquals(0, fleet.resent(), () -> "seed " + seed);
  }

  /** L4: what is new has an interval of a second, and waits for the verdict on the one before. */
  @Test
  void sendsWhatIsNewWhileThereIsNoCredit() {
    settle();
    fleet.creditOfAll = 0;
    fleet.edges.forEach(edge -> edge.number(1));
    // The first verdicts tell that there is no credit any more.
    fleet.run(40 * SECOND);
    fleet.forgetPeaks();
    fleet.edges.forEach(edge -> edge.number(20));
    fleet.run(10 * SECOND);
    for (Fleet.Edge edge : fleet.edges) {
      // One as the old ones go, too.
      assertTrue(edge.sends <= 12, () -> edge.sends + " sends, seed " + seed);
      assertTrue(edge.sends >= 5, () -> edge.sends + " sends, seed " + seed);
    }
    untilDrained();
    assertEquals(0, fleet.resent(), () -> "seed " + seed);
  }

  private void settle() {
    untilAllSend();
    fleet.run(10 * SECOND);
    fleet.forgetPeaks();
  }

  private int untilAllSend() {
    int seconds = 0;
    for (; !fleet.allSending(); seconds++) {
      assertTrue(seconds < 1000, () -> "not all send, seed " + seed);
      fleet.run(SECOND);
    }
    return seconds;
  }

  private int untilDrained() {
    int seconds = 0;
    for (; !fleet.allDrained(); seconds++) {
      assertTrue(seconds < 1000, () -> "not drained, seed " + seed);
      fleet.run(SECOND);
    }
    return seconds;
  }

  private void print(String what) {
    System.out.printf(
        "%s: %d edges, seed %d: at most %d connects/s, %d hellos/s,"
            + " %d of %d MiB of credit under way%n",
        what,
        EDGES,
        seed,
        fleet.connects.peak(),
        fleet.hellos.peak(),
        fleet.mostInFlight >> 20,
        CREDIT >> 20);
  }
}
