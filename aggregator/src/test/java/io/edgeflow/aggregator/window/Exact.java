package io.edgeflow.aggregator.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;

/** What a window of some readings must be, by arithmetic that does not round. */
final class Exact {
  private static final MathContext DIGITS = new MathContext(1000);
  private static final MathContext ROOT_DIGITS = new MathContext(40);

  private final long startMicros;
  private final List<Reading> all;
  private final List<Reading> valued;

  Exact(long startMicros, List<Reading> readings) {
    this.startMicros = startMicros;
    this.all = readings;
    this.valued =
        readings.stream()
            .filter(reading -> reading.quality().carriesValue())
            .sorted(
                Comparator.comparingLong(Reading::timeMicros).thenComparingDouble(Reading::value))
            .toList();
  }

  void assertDescribedBy(Window window) {
    assertEquals(startMicros, window.startMicros());
    assertEquals(all.size(), window.count());
    assertEquals(count(Quality.UNCERTAIN), window.uncertain());
    assertEquals(count(Quality.STALE), window.stale());
    assertEquals(count(Quality.BAD), window.bad());
    assertEquals(valued.size(), window.valued());
    if (valued.isEmpty()) {
      assertEquals(startMicros, window.firstMicros());
      return;
    }
    assertOrderStatistics(window);
    assertSum(window.sum());
    assertM2(window.m2());
  }

  private void assertOrderStatistics(Window window) {
    assertBits(valued.stream().mapToDouble(Reading::value).min().orElseThrow(), window.min());
    assertBits(valued.stream().mapToDouble(Reading::value).max().orElseThrow(), window.max());
    assertEquals(valued.getFirst().timeMicros(), window.firstMicros());
    assertBits(valued.getFirst().value(), window.first());
    assertEquals(valued.getLast().timeMicros(), window.lastMicros());
    assertBits(valued.getLast().value(), window.last());
  }

  private void assertSum(double sum) {
    BigDecimal magnitudes =
        valued.stream().map(r -> new BigDecimal(r.value()).abs()).reduce(BigDecimal::add).get();
    BigDecimal allowed = magnitudes.multiply(BigDecimal.valueOf(valued.size())).multiply(ulps(52));
    BigDecimal error = new BigDecimal(sum).subtract(exactSum()).abs();
    assertTrue(error.compareTo(allowed) <= 0, () -> "sum is off by " + error.doubleValue());
  }

  private void assertM2(double m2) {
    BigDecimal squares =
        valued.stream().map(r -> new BigDecimal(r.value()).pow(2)).reduce(BigDecimal::add).get();
    BigDecimal mean = exactSum().divide(BigDecimal.valueOf(valued.size()), DIGITS);
    BigDecimal exact =
        valued.stream()
            .map(r -> new BigDecimal(r.value()).subtract(mean).pow(2))
            .reduce(BigDecimal::add)
            .get();
    BigDecimal error = root(new BigDecimal(m2)).subtract(root(exact)).abs();
    BigDecimal allowed =
        root(squares).multiply(BigDecimal.valueOf(valued.size())).multiply(ulps(51));
    // Squares of the least doubles vanish: half of the least double is lost for each of them.
    BigDecimal vanished = root(new BigDecimal(Double.MIN_VALUE * valued.size()));
    assertTrue(
        error.compareTo(allowed.add(vanished)) <= 0,
        () -> "root of m2 is off by " + error.doubleValue() + " of " + allowed.doubleValue());
  }

  private BigDecimal exactSum() {
    return valued.stream().map(r -> new BigDecimal(r.value())).reduce(BigDecimal::add).get();
  }

  private long count(Quality quality) {
    return all.stream().filter(reading -> reading.quality() == quality).count();
  }

  private static BigDecimal ulps(int power) {
    return BigDecimal.ONE.divide(BigDecimal.TWO.pow(power));
  }

  private static BigDecimal root(BigDecimal square) {
    return square.sqrt(ROOT_DIGITS);
  }

  private static void assertBits(double expected, double actual) {
    assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual));
  }
}
