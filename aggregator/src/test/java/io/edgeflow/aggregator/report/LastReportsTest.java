package io.edgeflow.aggregator.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which readings go onto the raw lane (L11). */
final class LastReportsTest {
  private static final long SECOND = 1_000_000;
  private static final long NEVER = ReportRule.NO_LIMIT;

  private final LastReports reports = new LastReports();

  @Test
  void reportsNothingWhereNothingIsAskedFor() {
    assertEquals(List.of(), reported(ReportRule.NONE, 1, 2, 3));
  }

  @Test
  void reportsEverythingWhereAllIsAskedFor() {
    assertEquals(List.of(1.0, 1.0, 2.0), reported(new ReportRule.All(), 1, 1, 2));
  }

  @Test
  void reportsAValueThatIsNotTheLastOne() {
    ReportRule rule = new ReportRule.Change(NEVER);
    assertEquals(List.of(1.0, 2.0, 1.0), reported(rule, 1, 1, 2, 2, 1));
  }

  /** The sum of small steps counts, not the step. */
  @Test
  void reportsWhatLeavesTheBandAroundTheLastReportedOne() {
    ReportRule rule = new ReportRule.Deadband(1, NEVER);
    assertEquals(List.of(10.0, 11.5, 10.0), reported(rule, 10, 10.5, 11, 11.5, 10.5, 10));
  }

  @Test
  void reportsWhatIsSoManyPercentFromTheLastReportedOne() {
    ReportRule rule = new ReportRule.Percent(10, 0, NEVER);
    assertEquals(List.of(100.0, 111.0, -100.0), reported(rule, 100, 110, 111, 100, -100, -109));
  }

  @Test
  void reportsEveryChangeFromZeroUnlessTheBandHasALeastWidth() {
    ReportRule narrow = new ReportRule.Percent(10, 0, NEVER);
    assertEquals(List.of(0.0, 1e-9, 0.0), reported(narrow, 0, 1e-9, 0, 0));
    ReportRule wide = new ReportRule.Percent(10, 0.5, NEVER);
    assertEquals(List.of(0.6), reportedLater(wide, 1e-9, 0.5, 0.6));
  }

  @Test
  void reportsOneReadingAnIntervalAtMost() {
    ReportRule rule = new ReportRule.Interval(3 * SECOND);
    assertEquals(List.of(0.0, 3.0, 6.0), reported(rule, 0, 1, 2, 3, 4, 5, 6, 7));
  }

  @Test
  void reportsAgainAfterTheLongestSilence() {
    ReportRule rule = new ReportRule.Deadband(100, 4 * SECOND);
    assertEquals(List.of(0.0, 4.0, 8.0), reported(rule, 0, 1, 2, 3, 4, 5, 6, 7, 8));
  }

  @Test
  void reportsEveryChangeOfQualityUnderEveryRule() {
    List<ReportRule> rules =
        List.of(
            new ReportRule.All(),
            new ReportRule.Change(NEVER),
            new ReportRule.Deadband(9, NEVER),
            new ReportRule.Percent(9, 9, NEVER),
            new ReportRule.Interval(NEVER));
    for (int series = 0; series < rules.size(); series++) {
      ReportRule rule = rules.get(series);
      take(rule, series, 1, 5, null, Quality.GOOD);
      assertTrue(take(rule, series, 2, 5, null, Quality.UNCERTAIN), rule.toString());
      assertTrue(take(rule, series, 3, Double.NaN, null, Quality.BAD), rule.toString());
      assertTrue(take(rule, series, 4, 5, null, Quality.GOOD), rule.toString());
    }
  }

  @Test
  void reportsNoLackOfAValueTwice() {
    ReportRule rule = new ReportRule.Deadband(1, NEVER);
    assertTrue(take(rule, 0, 1, Double.NaN, null, Quality.BAD));
    assertFalse(take(rule, 0, 2, Double.NaN, null, Quality.BAD));
  }

  @Test
  void reportsAnotherText() {
    ReportRule rule = new ReportRule.Change(NEVER);
    assertTrue(take(rule, 0, 1, Double.NaN, "auto", Quality.GOOD));
    assertFalse(take(rule, 0, 2, Double.NaN, "auto", Quality.GOOD));
    assertTrue(take(rule, 0, 3, Double.NaN, "hand", Quality.GOOD));
    assertTrue(take(rule, 0, 4, 1, null, Quality.GOOD), "a number after a text");
    assertTrue(take(rule, 0, 5, Double.NaN, "hand", Quality.GOOD), "a text after a number");
  }

  /** An hour that arrives late is told from its first reading on, and so is the return from it. */
  @Test
  void reportsTheFirstOfWhatArrivesLateAndTheFirstAfterIt() {
    ReportRule rule = new ReportRule.Deadband(1, NEVER);
    assertTrue(take(rule, 0, 100, 50, null, Quality.GOOD));
    assertTrue(take(rule, 0, 40, 50, null, Quality.GOOD), "the first late one");
    assertFalse(take(rule, 0, 41, 50, null, Quality.GOOD), "goes on within the band");
    assertTrue(take(rule, 0, 101, 50, null, Quality.GOOD), "the first that leads on");
    assertFalse(take(rule, 0, 102, 50, null, Quality.GOOD));
  }

  /** A clock that is put back must not end the reporting until it has caught up. */
  @Test
  void goesOnReportingWhenTheTimesOfReadingsFallBack() {
    ReportRule rule = new ReportRule.Interval(10);
    assertTrue(take(rule, 0, 1_000_000, 1, null, Quality.GOOD));
    assertTrue(take(rule, 0, 500, 1, null, Quality.GOOD));
    assertFalse(take(rule, 0, 509, 1, null, Quality.GOOD));
    assertTrue(take(rule, 0, 510, 1, null, Quality.GOOD));
  }

  /** Whatever arrives, in whatever order: nobody who holds the last report is off by more. */
  @Test
  void letsNoValueDriftFurtherThanTheBandUnreported() {
    Seeded.run(
        200,
        random -> {
          double band = random.nextDouble() * 3;
          double percent = random.nextInt(3) == 0 ? random.nextDouble() * 20 : 0;
          ReportRule rule =
              percent > 0
                  ? new ReportRule.Percent(percent, band, NEVER)
                  : new ReportRule.Deadband(band, NEVER);
          drift(random, rule, band, percent);
        });
  }

  private static void drift(RandomGenerator random, ReportRule rule, double band, double percent) {
    LastReports reports = new LastReports();
    double value = random.nextDouble() * 20 - 10;
    double held = Double.NaN;
    long time = 0;
    for (int i = 0; i < 2_000; i++) {
      value += random.nextGaussian() * (random.nextInt(20) == 0 ? 5 : 0.1);
      time += random.nextInt(30) == 0 ? -random.nextLong(1, 500) : random.nextLong(1, 10);
      if (reports.isDue(rule, 3, time, value, null, Quality.GOOD)) {
        reports.remember(3, time, value, null, Quality.GOOD);
        held = value;
      }
      double allowed = Math.max(band, percent / 100 * Math.abs(held));
      double drift = Math.abs(value - held);
      assertTrue(drift <= allowed, "reading " + i + " is " + drift + " off, allowed " + allowed);
      if (random.nextInt(300) == 0) {
        reports = LastReports.restore(reports.snapshot());
      }
    }
  }

  /** Of readings in order the unreported ones are within the band also for who sorts by time. */
  @Test
  void reportsWithinTheBandForWhoSortsByTimeWhenAnHourArrivesLate() {
    Seeded.run(
        200,
        random -> {
          List<double[]> arrivals = new ArrayList<>();
          live(random, arrivals, 1_000, 1_400);
          live(random, arrivals, 0, 400);
          live(random, arrivals, 1_400, 1_800);
          List<double[]> reported = report(arrivals, new ReportRule.Deadband(2, NEVER));
          for (double[] reading : arrivals) {
            double held = heldAt(reported, reading[0]);
            assertTrue(Math.abs(reading[1] - held) <= 2, "at " + reading[0] + " held " + held);
          }
        });
  }

  private static void live(RandomGenerator random, List<double[]> into, int from, int to) {
    double value = random.nextDouble() * 10;
    for (int time = from; time < to; time++) {
      value += random.nextGaussian();
      into.add(new double[] {time, value});
    }
  }

  private static List<double[]> report(List<double[]> arrivals, ReportRule rule) {
    LastReports reports = new LastReports();
    List<double[]> reported = new ArrayList<>();
    for (double[] reading : arrivals) {
      if (reports.isDue(rule, 0, (long) reading[0], reading[1], null, Quality.GOOD)) {
        reports.remember(0, (long) reading[0], reading[1], null, Quality.GOOD);
        reported.add(reading);
      }
    }
    assertTrue(reported.size() < arrivals.size(), "everything was reported");
    return reported;
  }

  private static double heldAt(List<double[]> reported, double time) {
    double[] held = {Double.NEGATIVE_INFINITY, Double.NaN};
    for (double[] report : reported) {
      if (report[0] <= time && report[0] > held[0]) {
        held = report;
      }
    }
    return held[1];
  }

  @Test
  void comesBackFromItsSnapshotBitForBit() {
    reports.remember(900, 5, 1.5, null, Quality.GOOD);
    reports.remember(900, 2, 1.5, null, Quality.UNCERTAIN);
    reports.remember(7, -3, Double.NaN, "half \uD800", Quality.BAD);
    byte[] snapshot = reports.snapshot();
    LastReports restored = LastReports.restore(snapshot);
    assertArrayEquals(snapshot, restored.snapshot());
    ReportRule rule = new ReportRule.Change(NEVER);
    assertFalse(restored.isDue(rule, 7, -2, Double.NaN, "half \uD800", Quality.BAD));
    assertTrue(restored.isDue(rule, 900, 6, 1.5, null, Quality.UNCERTAIN), "leads on");
    assertFalse(restored.isDue(rule, 900, 4, 1.5, null, Quality.UNCERTAIN), "still behind");
  }

  @Test
  void refusesDamagedSnapshots() {
    reports.remember(1, 5, 1.5, "x", Quality.GOOD);
    byte[] snapshot = reports.snapshot();
    for (int length = 0; length < snapshot.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(snapshot, length);
      assertThrows(IllegalArgumentException.class, () -> LastReports.restore(cut));
    }
  }

  @Test
  void refusesRulesThatCannotHold() {
    assertThrows(IllegalArgumentException.class, () -> new ReportRule.Deadband(-1, NEVER));
    assertThrows(IllegalArgumentException.class, () -> new ReportRule.Deadband(Double.NaN, NEVER));
    assertThrows(IllegalArgumentException.class, () -> new ReportRule.Percent(1, -1, NEVER));
    assertThrows(IllegalArgumentException.class, () -> new ReportRule.Interval(0));
    assertThrows(IllegalArgumentException.class, () -> new ReportRule.Change(-5));
  }

  /** One reading a second. */
  private List<Double> reported(ReportRule rule, double... values) {
    List<Double> reported = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (take(rule, 0, i * SECOND, values[i], null, Quality.GOOD)) {
        reported.add(values[i]);
      }
    }
    return reported;
  }

  /** As {@link #reported}, after what was taken before. */
  private List<Double> reportedLater(ReportRule rule, double... values) {
    List<Double> reported = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (take(rule, 0, (100 + i) * SECOND, values[i], null, Quality.GOOD)) {
        reported.add(values[i]);
      }
    }
    return reported;
  }

  private boolean take(
      ReportRule rule, int series, long time, double number, @Nullable String text, Quality q) {
    boolean due = reports.isDue(rule, series, time, number, text, q);
    if (due) {
      reports.remember(series, time, number, text, q);
    }
    return due;
  }
}
