package io.edgeflow.gateway.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The arithmetic of what is at risk, by hand and against a simulation. */
final class RiskReportTest {
  private static final Logger LOG = LoggerFactory.getLogger(RiskReportTest.class);
  private static final Duration STALL = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static RiskReport report(boolean promise, Duration commit, Load load) {
    return new RiskReport(promise, commit, IDLE, STALL, MINUTE, 4L << 30, 64L << 20, load);
  }

  private static Load load(double messages) {
    return Load.of(Load.Basis.ASSUMED, messages, 2 * messages, 5, "assumed");
  }

  @Test
  void losesNothingWhileThePromiseHolds() {
    RiskReport report = report(true, Duration.ofSeconds(5), load(100));
    assertEquals(Duration.ZERO, report.lossAtMost());
    assertEquals(0, report.readingsAtMost());
    assertEquals("nothing that was acknowledged", RiskText.atRisk(report));
  }

  @Test
  void losesTheIntervalAndAStallWithoutIt() {
    RiskReport seldom = report(false, Duration.ofSeconds(30), load(100));
    assertEquals(Duration.ofSeconds(31), seldom.lossAtMost());
    assertEquals(Duration.ofMillis(30_005), seldom.lossUsually());
    assertEquals(31 * 200, seldom.readingsAtMost());
    RiskReport often = report(false, Duration.ofMillis(5), load(100));
    assertEquals(Duration.ofSeconds(2), often.lossAtMost());
    assertEquals(Duration.ofMillis(10), often.lossUsually());
  }

  @Test
  void coversAnOutageByWhatWindowsTake() {
    // 5 windows a second of 37 bytes: 15.98 MB a day, into 4 GiB less 64 MiB.
    assertEquals(264.5, report(true, STALL, load(100)).outageDays(), 0.1);
    Load none = Load.of(Load.Basis.CONFIGURED, 1, 1, 0, "states only");
    assertTrue(Double.isInfinite(report(true, STALL, none).outageDays()));
    RiskReport tiny = new RiskReport(true, STALL, IDLE, STALL, MINUTE, 1 << 20, 64 << 20, load(1));
    assertEquals(0, tiny.outageDays());
  }

  /** 100 messages/s and a sync every 5 ms at most: 1 / (0.005 + e^-0.5 / 100) = 90.4 a second. */
  @Test
  void countsSyncsAndWhatTheyWrite() {
    RiskReport report = report(true, Duration.ofMillis(5), load(100));
    double syncs = 86_400 / (0.005 + Math.exp(-0.5) / 100) + 86_400 * 3 / 60.0;
    assertEquals(syncs, report.syncsPerDay(), 1);
    double records = 86_400 * (100 * 26 + 200 * 14 + 5 * 37);
    assertEquals(records, report.recordBytesPerDay(), 1);
    assertEquals(records + syncs * (26 + 4 * 4_096), report.flashBytesPerDay(), 1);
  }

  @Test
  void writesLessWhenItSyncsLess() {
    RiskReport often = report(true, Duration.ZERO, load(1_000));
    RiskReport seldom = report(true, Duration.ofSeconds(1), load(1_000));
    assertTrue(often.flashBytesPerDay() > 5 * seldom.flashBytesPerDay());
  }

  /** The formula for syncs against messages at random times, a sync at least e apart. */
  @Test
  void agreesWithASimulationOfSyncs() {
    long seed = Long.getLong("edgeflow.risk.seed", new Random().nextLong(1L << 40));
    LOG.info("seed {}", seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (double messages : List.of(0.2, 1.0, 30.0, 200.0, 5_000.0)) {
      for (long commitMillis : List.of(0L, 5L, 250L, 5_000L)) {
        RiskReport report = report(true, Duration.ofMillis(commitMillis), load(messages));
        double simulated = simulate(random, messages, Math.max(5, commitMillis) / 1e3);
        double expected = report.syncsPerDay() / 86_400 - 3 / 60.0;
        assertEquals(
            1,
            simulated / expected,
            0.05,
            () -> "seed " + seed + ", " + messages + "/s, " + commitMillis + " ms");
      }
    }
  }

  /** Syncs and markers a second. */
  private static double simulate(SplittableRandom random, double messages, double apart) {
    int rounds = 20_000;
    double now = 0;
    long markers = 0;
    for (int sync = 0; sync < rounds; sync++) {
      double next = -Math.log(1 - random.nextDouble()) / messages;
      if (next > IDLE.toSeconds()) {
        markers++;
      }
      now += Math.max(apart, next);
    }
    return (rounds + markers) / now;
  }

  @Test
  void isReadByAPerson() {
    RiskReport report = report(false, Duration.ofSeconds(1), load(100));
    assertEquals(
        """
        promise  OFF: acknowledgements do not wait for the sync (journal.acknowledge: received)
        at risk  a power cut or a crash takes the acknowledged readings of the last 1.0 s, on a slow disk of 2.0 s at most: about 400 readings
                 polled values and QoS 0 messages have no acknowledgement: those of the last 1.0 s may be lost
        outage   about 265 days of windows at full resolution fit into buffer.maxBytes (4.0 GiB)
        flash    about 90720 syncs and 2.0 GB a day, 483 MB of it records; assumed are a page of 4 KiB and 12 KiB of file system for each sync
        load     200 readings/s in 100 messages/s, assumed
        """,
        String.join("\n", RiskText.lines(report)) + "\n");
  }
}
