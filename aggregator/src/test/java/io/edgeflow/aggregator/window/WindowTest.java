package io.edgeflow.aggregator.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W1 and the windows that no readings could have made. */
final class WindowTest {
  private static final long MINUTE = 60_000_000;
  private static final double NONE = Double.NaN;

  private static Window ofOne(long start, double value) {
    return new Window(
        start, MINUTE, 1, 0, 0, 0, value, value, value, 0, start, value, start, value);
  }

  @Test
  void mergesOnlyWindowsOfOneStartAndLength() {
    Window window = ofOne(0, 1);
    assertThrows(IllegalArgumentException.class, () -> window.merge(ofOne(MINUTE, 1)));
    Window wider = window.widen(2 * MINUTE);
    assertThrows(IllegalArgumentException.class, () -> window.merge(wider));
  }

  @Test
  void widensToTheAlignedWindowThatContainsIt() {
    Window widened = ofOne(-7 * MINUTE, 4).widen(10 * MINUTE);
    assertEquals(
        new Window(
            -10 * MINUTE, 10 * MINUTE, 1, 0, 0, 0, 4, 4, 4, 0, -7 * MINUTE, 4, -7 * MINUTE, 4),
        widened);
  }

  @Test
  void widensAWindowWithoutValues() {
    Window window =
        new Window(MINUTE, MINUTE, 2, 0, 1, 1, NONE, NONE, 0, 0, MINUTE, NONE, MINUTE, NONE);
    assertEquals(
        new Window(0, 5 * MINUTE, 2, 0, 1, 1, NONE, NONE, 0, 0, 0, NONE, 0, NONE),
        window.widen(5 * MINUTE));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, MINUTE / 2, MINUTE * 7, 61 * MINUTE, 120 * MINUTE, -MINUTE})
  void refusesToWidenToALengthThatDoesNotLineUp(long length) {
    Window window = ofOne(0, 1);
    assertThrows(IllegalArgumentException.class, () -> window.widen(length));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 999, 7_000_000, 7_200_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesALengthThatDoesNotDivideOneHour(long length) {
    assertThrows(IllegalArgumentException.class, () -> new WindowRule(length, 0));
    assertThrows(IllegalArgumentException.class, () -> Window.empty(0, length));
  }

  @Test
  void refusesWhatNoReadingsCouldHaveMade() {
    refuses(1, MINUTE, 1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1);
    refuses(0, MINUTE, -1, 0, 0, 0, NONE, NONE, 0, 0, 0, NONE, 0, NONE);
    refuses(0, MINUTE, 1, 0, Long.MAX_VALUE, Long.MAX_VALUE, 1, 1, 1, 0, 1, 1, 1, 1);
    refuses(0, MINUTE, 2, 3, 0, 0, 1, 1, 2, 0, 1, 1, 1, 1);
    refuses(0, MINUTE, 2, 1, 1, 1, NONE, NONE, 0, 0, 0, NONE, 0, NONE);
    refuses(0, MINUTE, 1, 0, 1, 0, NONE, NONE, 0, 0, 1, NONE, 1, NONE);
    refuses(0, MINUTE, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 2, 1, 3, 0, 1, 1, 1, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 1, 2, 3, 0, 1, 3, 1, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 1, 2, 3, -1, 1, 1, 1, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 1, 2, NONE, 1, 1, 1, 1, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 1, NONE, 3, 1, 1, 1, 1, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 1, 2, 3, 1, 2, 1, 1, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 1, 2, 3, 1, -1, 1, 1, 1);
    refuses(0, MINUTE, 2, 0, 0, 0, 1, 2, 3, 1, 1, 1, MINUTE, 1);
  }

  private static void refuses(
      long start,
      long length,
      long count,
      long uncertain,
      long stale,
      long bad,
      double min,
      double max,
      double sum,
      double m2,
      long firstMicros,
      double first,
      long lastMicros,
      double last) {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Window(
                start,
                length,
                count,
                uncertain,
                stale,
                bad,
                min,
                max,
                sum,
                m2,
                firstMicros,
                first,
                lastMicros,
                last));
  }
}
