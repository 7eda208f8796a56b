package io.edgeflow.inference.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final AlarmRule ABOVE_ONE = (scores, at) -> scores[at] > 1;

  @Test
  void agreesWithWhatTheFormulasSay() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int rows = 5000;
    float[] serving = new float[rows];
    float[] candidate = new float[rows];
    for (int i = 0; i < rows; i++) {
      serving[i] = (float) (1000 + random.nextGaussian());
      candidate[i] = (float) (0.5 * serving[i] + random.nextGaussian());
    }
    var comparison = new Comparison();
    for (int from = 0; from < rows; from += 100) {
      add(
          comparison,
          Arrays.copyOfRange(serving, from, from + 100),
          Arrays.copyOfRange(candidate, from, from + 100),
          new BitSet());
    }

    ComparisonReport report = comparison.report();
    String said = "seed " + seed;
    assertEquals(rows, report.compared());
    assertEquals(meanDifference(serving, candidate), report.meanDifference(), 1e-9, said);
    assertEquals(correlation(serving, candidate), report.correlation().orElseThrow(), 1e-9, said);
    assertEquals(50, report.candidateTimes().calls());
  }

  @Test
  void countsAlarmsOfBothAndLeavesOutWhatIsNoNumber() {
    var comparison = new Comparison();
    BitSet third = new BitSet();
    third.set(2);
    add(comparison, new float[] {0, 2, 2, 2}, new float[] {2, 0, Float.NaN, 2}, third);
    comparison.skip(7);
    comparison.fail(2);

    ComparisonReport report = comparison.report();

    assertEquals(3, report.compared());
    assertEquals(2, report.servingAlarms());
    assertEquals(2, report.candidateAlarms());
    assertEquals(1, report.bothAlarms());
    assertEquals(3, report.failedRows());
    assertEquals(7, report.skipped());
    assertEquals(2, report.mostDifference());
  }

  @Test
  void scoresThatDoNotVaryHaveNoCorrelation() {
    var comparison = new Comparison();
    add(comparison, new float[] {1, 1}, new float[] {1, 2}, new BitSet());
    assertEquals(OptionalDouble.empty(), comparison.report().correlation());
    assertEquals(0, new Comparison().report().meanDifference());
  }

  @Test
  void latenciesAreRightToAnEighth() {
    var latencies = new Latencies();
    assertEquals(0, latencies.summary().median());
    for (int i = 1; i <= 100_000; i++) {
      latencies.add(i);
    }
    latencies.add(0);
    assertNear(50_000, latencies.summary().median());
    assertNear(99_000, latencies.summary().p99());
    assertEquals(100_000, latencies.summary().most());
    latencies.add(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, latencies.summary().most());
  }

  private static void assertNear(long expected, long actual) {
    assertTrue(actual >= expected && actual <= expected * 9 / 8, actual + " for " + expected);
  }

  private static void add(
      Comparison comparison, float[] serving, float[] candidate, BitSet unusable) {
    var by = new Attribution("s", TestModels.identity(1));
    var scores = new Scores(by, serving, serving.length, 1, new BitSet(), 1000);
    var answer =
        new Comparison.Answer(new Comparison.Floats(candidate), 1, unusable, 2000, ABOVE_ONE);
    comparison.add(scores, ABOVE_ONE, answer);
  }

  private static double meanDifference(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((double) a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static double correlation(float[] a, float[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
