package io.edgeflow.inference.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.SeriesName;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectorTest {
  @Test
  void standsForThePointOfEveryDevice() {
    var flow = new Selector("{device}/flow");
    assertTrue(flow.matches(new SeriesName("pump-7/flow")));
    assertFalse(flow.matches(new SeriesName("pump-7/inner/flow")));
    assertFalse(flow.matches(new SeriesName("pump-7/overflow")));
    assertFalse(flow.matches(new SeriesName("pump-7/flow/raw")));
    assertTrue(new Selector("{device}/a/b").matches(new SeriesName("x/a/b")));
  }

  @Test
  void standsForOneSeriesOrThoseOfAPattern() {
    assertTrue(new Selector("hall/t").matches(new SeriesName("hall/t")));
    assertFalse(new Selector("hall/t").matches(new SeriesName("hall/t2")));
    assertTrue(new Selector("pump-*/vib*").matches(new SeriesName("pump-1/vib/x")));
    assertTrue(new Selector("*").matches(new SeriesName("a/b")));
  }

  @Test
  void refusesWhatNamesNothing() {
    for (String wrong :
        List.of(
            "",
            " ",
            "flow",
            "{device}",
            "{device}/",
            "{device}/*",
            "{point}/a",
            "a//b",
            "x".repeat(201))) {
      assertThrows(IllegalArgumentException.class, () -> new Selector(wrong), wrong);
    }
    assertEquals("{device}/a", Selector.parse("{device}/a").toString());
  }
}
