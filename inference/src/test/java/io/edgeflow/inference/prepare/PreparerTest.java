package io.edgeflow.inference.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.reading.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreparerTest {
  private final Said said = new Said();

  @Test
  void takesTheLastReadingOfEachPeriod() {
    Preparer preparer = Plans.preparer(Plans.window(2), Plans.grid("last", "hold"));
    good(preparer, 0, 400, 1);
    good(preparer, 0, 900, 2);
    assertEquals(List.of(), said.take(), "the first period may get another one");
    good(preparer, 0, 1_500, 3);
    assertEquals(List.of("1000ms WARMING_UP"), said.take());
    good(preparer, 0, 2_000, 4);
    assertEquals(List.of("2000ms [2.0, 4.0]"), said.take(), "nothing can come before its end");
  }

  @Test
  void takesTheMeanOfEachPeriod() {
    Preparer preparer = Plans.preparer(Plans.window(1), Plans.grid("mean", "refuse"));
    good(preparer, 0, 100, 1);
    good(preparer, 0, 200, 2);
    good(preparer, 0, 1_000, 6);
    assertEquals(List.of("1000ms [3.0]"), said.take());
  }

  @Test
  void drawsALineThroughTheGridTime() {
    Preparer preparer = Plans.preparer(Plans.window(1), Plans.grid("linear", "interpolate"));
    good(preparer, 0, 500, 1);
    good(preparer, 0, 1_500, 3);
    assertEquals(List.of("1000ms [2.0]"), said.take());
    good(preparer, 0, 4_500, 0);
    assertEquals(
        List.of("2000ms [2.5]", "3000ms [1.5] ~1", "4000ms [0.5] ~1"), said.take(), "3 s apart");
    good(preparer, 0, 8_000, 7);
    assertEquals(List.of("5000ms [0.0]", "6000ms GAP", "7000ms GAP", "8000ms [7.0]"), said.take());
  }

  @Test
  void drawsNoLineOverMoreThanTheGreatestGap() {
    for (long more : new long[] {0, 1}) {
      Preparer preparer = Plans.preparer(Plans.window(1), Plans.grid("linear", "interpolate"));
      preparer.accept(0, 1_000_000, 1, Quality.GOOD, said);
      preparer.accept(0, 4_000_000 + more, 4, Quality.GOOD, said);
      assertEquals(
          more == 0 ? "2000ms [2.0] ~1" : "2000ms GAP", said.take().get(1), "beyond by " + more);
    }
  }

  @Test
  void holdsNoLongerThanTheGreatestGap() {
    Preparer preparer = Plans.preparer(Plans.window(2), Plans.grid("last", "hold"));
    good(preparer, 0, 1_000, 1);
    good(preparer, 0, 6_000, 2);
    assertEquals(
        List.of(
            "1000ms WARMING_UP",
            "2000ms [1.0, 1.0] ~1",
            "3000ms [1.0, 1.0] ~2",
            "4000ms [1.0, 1.0] ~2",
            "5000ms GAP",
            "6000ms GAP"),
        said.take());
    good(preparer, 0, 7_000, 3);
    assertEquals(List.of("7000ms [2.0, 3.0]"), said.take());
  }

  @Test
  void tellsALongSilenceOnce() {
    Preparer preparer = Plans.preparer(Plans.window(1), Plans.grid("last", "hold"));
    good(preparer, 0, 1_000, 1);
    good(preparer, 0, 365L * 86_400_000, 2);
    List<String> lines = said.take();
    assertEquals(
        List.of("1000ms [1.0]", "2000ms [1.0] ~1", "3000ms [1.0] ~1", "4000ms [1.0] ~1"),
        lines.subList(0, 4));
    assertEquals("31536000000ms [2.0]", lines.getLast());
    assertEquals(7, lines.size(), lines::toString);
  }

  @Test
  void waitsForASeriesThatIsBehindAsLongAsItMay() {
    Preparer preparer = Plans.preparer(Plans.vector(2), Plans.grid("last", "hold"));
    good(preparer, 0, 500, 1);
    good(preparer, 1, 600, 2);
    good(preparer, 0, 1_500, 3);
    assertEquals(List.of(), said.take(), "b may still come before 1000");
    good(preparer, 1, 900, 4);
    good(preparer, 1, 1_000, 5);
    assertEquals(List.of("1000ms [1.0, 5.0]"), said.take(), "b has come to it");
    good(preparer, 0, 3_000, 6);
    assertEquals(List.of(), said.take(), "2000 and a lateness of 1000 are not passed");
    good(preparer, 0, 3_001, 6);
    assertEquals(List.of("2000ms [3.0, 5.0] ~1"), said.take());
    good(preparer, 1, 1_900, 9);
    assertEquals(1, preparer.counts().late());
    good(preparer, 0, 4_001, 7);
    assertEquals(List.of("3000ms [6.0, 9.0] ~1"), said.take(), "the late one is held");
  }

  @Test
  void leavesOutWhatIsLateOrDouble() {
    Preparer preparer = Plans.preparer(Plans.window(1), Plans.grid("last", "hold"));
    good(preparer, 0, 700, 1);
    good(preparer, 0, 700, 2);
    good(preparer, 0, 600, 3);
    good(preparer, 0, 1_000, 4);
    assertEquals(List.of("1000ms [4.0]"), said.take());
    assertEquals(2, preparer.counts().used());
    assertEquals(1, preparer.counts().duplicates());
    assertEquals(1, preparer.counts().late());
  }

  @Test
  void givesUpAStampFarAheadAfterAWhile() {
    Preparer preparer = Plans.preparer(Plans.window(1), Plans.grid("last", "hold"));
    good(preparer, 0, 1_000, 1);
    good(preparer, 0, 4_102_444_800_000L, 1);
    said.take();
    for (int i = 2; i < 2 + Arrivals.MAX_RUN; i++) {
      assertEquals(List.of(), said.take());
      good(preparer, 0, i * 1_000L, i);
    }
    assertEquals(List.of("65000ms [65.0]"), said.take());
    assertEquals(1, preparer.counts().restarts());
    assertEquals(Arrivals.MAX_RUN - 1, preparer.counts().late());
  }

  @Test
  void treatsQualitiesAsTheManifestSays() {
    Preparer preparer =
        Plans.preparer(
            Plans.window(1),
            Plans.grid("last", "hold")
                + ", \"quality\": {\"uncertain\": \"use\", \"stale\": \"skip\", \"bad\":"
                + " \"refuse\"}");
    good(preparer, 0, 1_000, 1);
    put(preparer, 0, 2_000, 2, Quality.UNCERTAIN);
    put(preparer, 0, 3_000, 3, Quality.STALE);
    put(preparer, 0, 4_000, Double.NaN, Quality.BAD);
    put(preparer, 0, 5_000, 5, Quality.STALE);
    good(preparer, 0, 6_000, 6);
    assertEquals(
        List.of(
            "1000ms [1.0]",
            "2000ms [2.0] UNCERTAIN",
            "3000ms [2.0] UNCERTAIN ~1",
            "4000ms BAD_QUALITY",
            "5000ms BAD_QUALITY",
            "6000ms [6.0]"),
        said.take());
  }

  @Test
  void refusesAPeriodInWhichAnyReadingIsRefused() {
    Preparer preparer = Plans.preparer(Plans.window(2), Plans.grid("mean", "hold"));
    good(preparer, 0, 900, 1);
    put(preparer, 0, 1_200, 1, Quality.STALE);
    good(preparer, 0, 1_900, 1);
    good(preparer, 0, 3_000, 1);
    good(preparer, 0, 4_000, 1);
    assertEquals(
        List.of(
            "1000ms WARMING_UP", "2000ms STALE_INPUT", "3000ms STALE_INPUT", "4000ms [1.0, 1.0]"),
        said.take());
  }

  @Test
  void neverLetsThroughWhatIsNoNumber() {
    Preparer preparer = Plans.preparer(Plans.window(1), Plans.grid("last", "hold"));
    good(preparer, 0, 1_000, Double.NaN);
    good(preparer, 0, 2_000, Double.POSITIVE_INFINITY);
    good(preparer, 0, 3_000, 1e39);
    good(preparer, 0, 4_000, 1e38);
    assertEquals(
        List.of(
            "1000ms BAD_QUALITY", "2000ms BAD_QUALITY", "3000ms OUT_OF_RANGE", "4000ms [1.0E38]"),
        said.take());
  }

  @Test
  void givesARowEachStride() {
    Preparer preparer =
        Plans.preparer(Plans.window(3) + ", \"stride\": 2", Plans.grid("last", "hold"));
    for (int i = 1; i <= 6; i++) {
      good(preparer, 0, i * 1_000L, i);
    }
    assertEquals(
        List.of("2000ms WARMING_UP", "4000ms [2.0, 3.0, 4.0]", "6000ms [4.0, 5.0, 6.0]"),
        said.take());
  }

  @Test
  void makesEachReadingASampleWithoutAGrid() {
    Preparer preparer = Plans.preparer(Plans.window(2), "\"gap\": {\"maxGap\": \"3s\"}");
    good(preparer, 0, 1, 1);
    good(preparer, 0, 2, 2);
    good(preparer, 0, 3_002, 3);
    good(preparer, 0, 6_003, 4);
    put(preparer, 0, 6_004, 4, Quality.BAD);
    good(preparer, 0, 6_005, 5);
    good(preparer, 0, 6_006, 6);
    assertEquals(
        List.of(
            "1ms WARMING_UP",
            "2ms [1.0, 2.0]",
            "3002ms [2.0, 3.0]",
            "6003ms GAP",
            "6004ms BAD_QUALITY",
            "6005ms BAD_QUALITY",
            "6006ms [5.0, 6.0]"),
        said.take());
  }

  /** A sensor that sends bursts of just a window's length must not wait for a stride in vain. */
  @Test
  void givesARowAsSoonAsAWindowIsFullAndOneEachStrideFromThere() {
    Preparer preparer =
        Plans.preparer(Plans.window(3) + ", \"stride\": 2", "\"gap\": {\"maxGap\": \"1s\"}");
    for (int burst : new int[] {0, 10_000, 20_000}) {
      for (int i = 1; i <= (burst == 20_000 ? 6 : 3); i++) {
        good(preparer, 0, burst + i, i);
      }
    }
    assertEquals(
        List.of(
            "3ms [1.0, 2.0, 3.0]",
            "10003ms [1.0, 2.0, 3.0]",
            "20003ms [1.0, 2.0, 3.0]",
            "20005ms [3.0, 4.0, 5.0]"),
        said.rows());
    said.take();
    put(preparer, 0, 20_007, 7, Quality.BAD);
    for (int i = 8; i <= 10; i++) {
      good(preparer, 0, 20_000 + i, i);
    }
    assertEquals(List.of("20010ms [8.0, 9.0, 10.0]"), said.rows());
  }

  @Test
  void givesTheLatestVectorAtEachReadingWithoutAGrid() {
    Preparer preparer = Plans.preparer(Plans.vector(2), "\"gap\": {\"maxGap\": \"3s\"}");
    good(preparer, 0, 1_000, 1);
    good(preparer, 1, 2_000, 2);
    good(preparer, 0, 5_000, 3);
    good(preparer, 0, 5_001, 4);
    put(preparer, 1, 5_500, 4, Quality.BAD);
    put(preparer, 1, 6_000, 5, Quality.UNCERTAIN);
    assertEquals(
        List.of(
            "1000ms WARMING_UP",
            "2000ms [1.0, 2.0] ~1",
            "5000ms [3.0, 2.0] ~1",
            "5001ms GAP",
            "5500ms BAD_QUALITY",
            "6000ms [4.0, 5.0] UNCERTAIN ~1"),
        said.take());
  }

  @Test
  void keepsValuesOfOneMessageTogether() {
    Preparer preparer = Plans.preparer(Plans.vector(2), "\"gap\": {\"fill\": \"refuse\"}");
    good(preparer, 0, 1_000, 1);
    good(preparer, 1, 1_000, 2);
    good(preparer, 1, 2_000, 3);
    good(preparer, 1, 3_000, 4);
    good(preparer, 0, 3_000, 5);
    assertEquals(List.of("1000ms [1.0, 2.0]", "2000ms GAP", "3000ms [5.0, 4.0]"), said.take());
  }

  @Test
  void reducesMinutesToTheirFeatures() {
    Preparer preparer =
        Plans.preparer(
            """
            "kind": "minute-features", "series": ["{device}/a"], "minutes": 2,
            "statistics": ["count", "min", "max", "mean", "std", "first", "last"]\
            """,
            "\"gap\": {\"fill\": \"refuse\"}");
    good(preparer, 0, 0, 3);
    good(preparer, 0, 30_000, 1);
    good(preparer, 0, 59_999, 5);
    good(preparer, 0, 60_000, 7);
    good(preparer, 0, 120_000, 0);
    good(preparer, 0, 240_000, 0);
    double std = Math.sqrt(8 / 3.0);
    assertEquals(
        List.of(
            "60000ms WARMING_UP",
            "120000ms [3.0, 1.0, 5.0, 3.0, "
                + (float) std
                + ", 3.0, 5.0, "
                + "1.0, 7.0, 7.0, 7.0, 0.0, 7.0, 7.0]",
            "180000ms [1.0, 7.0, 7.0, 7.0, 0.0, 7.0, 7.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]",
            "240000ms GAP"),
        said.take());
  }

  @Test
  void holdsAMinuteNoLongerThanTheGreatestGapAlsoIfPoorOnesFollow() {
    Preparer preparer =
        Plans.preparer(
            """
            "kind": "minute-features", "series": ["{device}/a"], "minCount": 2,
            "statistics": ["count"]\
            """,
            "\"gap\": {\"maxGap\": \"150s\", \"fill\": \"hold\"}");
    good(preparer, 0, 0, 1);
    good(preparer, 0, 59_000, 1);
    for (int minute = 1; minute < 5; minute++) {
      good(preparer, 0, minute * 60_000L, 1);
    }
    assertEquals(
        List.of("60000ms [2.0]", "120000ms [2.0] ~1", "180000ms [2.0] ~1", "240000ms GAP"),
        said.take());
  }

  @Test
  void refusesAnInputThatThereIsNot() {
    Preparer preparer = Plans.preparer(Plans.vector(2), "");
    assertThrows(IllegalArgumentException.class, () -> good(preparer, 2, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> good(preparer, -1, 0, 0));
    preparer.accept(0, Long.MAX_VALUE, 0, Quality.GOOD, said);
    preparer.accept(0, Long.MIN_VALUE, 0, Quality.GOOD, said);
    assertEquals(2, preparer.counts().late());
  }

  private void good(Preparer preparer, int index, long millis, double value) {
    put(preparer, index, millis, value, Quality.GOOD);
  }

  private void put(Preparer preparer, int index, long millis, double value, Quality quality) {
    preparer.accept(index, millis * 1_000, value, quality, said);
  }
}
