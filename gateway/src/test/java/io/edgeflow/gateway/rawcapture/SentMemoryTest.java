package io.edgeflow.gateway.rawcapture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was sent of the journal, by places in the log. */
final class SentMemoryTest {
  private static final int FLOW = 3;
  private static final int LEVEL = 4;

  private final SentMemory memory = new SentMemory();

  private static SentStretch sent(String id, long from, long to, Place upTo) {
    BitSet series = new BitSet();
    series.set(FLOW);
    return new SentStretch(new Stretch(id, series, from, to), upTo);
  }

  private boolean covers(int series, long micros, long record, int reading) {
    return memory.from(record).covers(series, micros, record, reading);
  }

  @Test
  void coversTheSeriesTheTimesAndThePlace() {
    memory.put(sent("a", 100, 200, new Place(7, 2)));
    assertTrue(covers(FLOW, 100, 6, 9));
    assertTrue(covers(FLOW, 199, 7, 1));
    assertFalse(covers(FLOW, 199, 7, 2), "behind the place");
    assertFalse(covers(FLOW, 150, 8, 0), "it arrived later");
    assertFalse(covers(FLOW, 99, 6, 0));
    assertFalse(covers(FLOW, 200, 6, 0));
    assertFalse(covers(LEVEL, 150, 6, 0));
  }

  @Test
  void goesOnWithAStretchAndForgetsItWithItsSegments() {
    memory.put(sent("a", 100, 200, new Place(7, 2)));
    memory.put(sent("a", 100, 200, new Place(9, 1)));
    assertEquals(1, memory.stretches().size());
    memory.forget(9);
    assertTrue(covers(FLOW, 150, 9, 0));
    memory.forget(10);
    assertEquals(List.of(), List.copyOf(memory.stretches()));
  }

  /** Another pass goes through the same records, for another stretch too. */
  @Test
  void neverGoesBack() {
    memory.put(sent("a", 100, 200, new Place(7, 2)));
    memory.put(sent("a", 100, 200, new Place(5, 0)));
    assertTrue(covers(FLOW, 150, 7, 1));
  }

  /** Rather left out than sent twice. */
  @Test
  void countsAsSentWhatItHasNoRoomToRemember() {
    for (int i = 0; i <= SentMemory.MOST; i++) {
      memory.put(sent("s" + i, i, i + 1, new Place(10 + i, 0)));
    }
    assertEquals(SentMemory.MOST, memory.stretches().size());
    assertEquals(new Place(10, 0), memory.floor());
    assertTrue(covers(LEVEL, 5, 9, 7));
    assertFalse(covers(LEVEL, 5, 10, 0));
  }
}
