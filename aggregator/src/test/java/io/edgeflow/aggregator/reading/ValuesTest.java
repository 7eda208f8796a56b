package io.edgeflow.aggregator.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3 on acceptance, and the codes that never change. */
final class ValuesTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 1e140, -1e140, Double.MIN_VALUE})
  void acceptsNumbersUpToTheLimit(double value) {
    assertTrue(Values.acceptable(value));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        1.0000000000000003e140,
        -1.0000000000000003e140,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void refusesWhatCannotBeSummed(double value) {
    assertFalse(Values.acceptable(value));
  }

  @Test
  void makesNegativeZeroPlainZeroAndLeavesTheRest() {
    assertEquals(0L, Double.doubleToRawLongBits(Values.accepted(-0.0)));
    assertEquals(-1.5, Values.accepted(-1.5));
    assertEquals(Double.MIN_VALUE, Values.accepted(Double.MIN_VALUE));
  }

  @Test
  void keepsTheCodesOfQualitiesAndKinds() {
    assertEquals(0, Quality.GOOD.code());
    assertEquals(1, Quality.UNCERTAIN.code());
    assertEquals(2, Quality.STALE.code());
    assertEquals(3, Quality.BAD.code());
    assertEquals(0, Kind.GAUGE.code());
    assertEquals(1, Kind.COUNTER.code());
    assertEquals(2, Kind.STATE.code());
    assertEquals(3, Kind.TEXT.code());
  }

  @Test
  void findsQualitiesAndKindsByTheirCodes() {
    for (Quality quality : Quality.values()) {
      assertSame(quality, Quality.ofCode(quality.code()));
    }
    for (Kind kind : Kind.values()) {
      assertSame(kind, Kind.ofCode(kind.code()));
    }
    assertThrows(IllegalArgumentException.class, () -> Quality.ofCode(4));
    assertThrows(IllegalArgumentException.class, () -> Kind.ofCode(-1));
  }
}
