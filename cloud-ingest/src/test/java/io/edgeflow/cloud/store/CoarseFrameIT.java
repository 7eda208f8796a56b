package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.Replaced;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that take the place of others (L7). */
final class CoarseFrameIT {
  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private Schema schema;
  private WriterSession session;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    session = WriterSession.open(schema.session());
  }

  @AfterEach
  void close() {
    session.close();
    schema.close();
  }

  @Test
  void supersedesWhatACoarseFrameReplacesAndThenRefusesTheOriginals() throws Exception {
    Frame original = plant.windows("pump/flow", Plant.window(0, 1));
    Frame coarse = coarse(plant.windows("pump/flow", Plant.window(0, 1)), 1, 1);
    assertEquals(
        List.of(FrameOutcome.COMMITTED, FrameOutcome.KNOWN),
        List.of(store(coarse), store(original)));
    assertEquals("{[1,2)}", schema.one("select numbers from frame_fate where fate='superseded'"));
    assertEquals("1", schema.one("select sum(count) from sample_window"));
  }

  /** Two copies of a killed directory coarsen the same frames, each under its own name (J4). */
  @Test
  void countsWhatTwoCopiesCoarsenOnce() throws Exception {
    plant.windows("pump/flow", Plant.window(0, 1));
    Replaced originals = new Replaced(plant.incarnation(), Lane.WINDOW, 1, 1);
    Plant one = new Plant("pi-7", RandomGenerator.getDefault());
    Plant other = new Plant("pi-7", RandomGenerator.getDefault());
    Frame first = Plant.coarse(one.windows("pump/flow", Plant.window(0, 1)), originals);
    Frame part = Plant.coarse(one.windows("pump/flow", Plant.window(1, 1)), originals);
    Frame again = Plant.coarse(other.windows("pump/flow", Plant.window(0, 1)), originals);
    assertEquals(
        List.of(FrameOutcome.COMMITTED, FrameOutcome.REFUSED, FrameOutcome.COMMITTED),
        List.of(store(first), store(again), store(part)));
    assertEquals("2", schema.one("select sum(count) from sample_window"));
    assertEquals("replaces-superseded", schema.one("select reason from quarantine"));
  }

  @Test
  void refusesAFrameThatReplacesItself() throws Exception {
    Frame frame = plant.windows("pump/flow", Plant.window(0, 1));
    assertEquals(FrameOutcome.REFUSED, store(coarse(frame, 1, 1)));
    assertEquals("0", schema.one("select count(*) from sample_window"));
  }

  @Test
  void refusesACoarseFrameWhoseOriginalsAreIn() throws Exception {
    Frame original = plant.windows("pump/flow", Plant.window(0, 1));
    Frame coarse = coarse(plant.windows("pump/flow", Plant.window(0, 1)), 1, 1);
    store(original);
    assertEquals(FrameOutcome.REFUSED, store(coarse));
    assertEquals("1", schema.one("select sum(count) from sample_window"));
  }

  private static Frame coarse(Frame frame, long from, long to) {
    return Plant.coarse(frame, new Replaced(frame.id().incarnation(), Lane.WINDOW, from, to));
  }

  private FrameOutcome store(Frame frame) throws Exception {
    return session.store(List.of(Plant.arrival(frame))).settled().getFirst().outcome();
  }
}
