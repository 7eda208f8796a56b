package io.edgeflow.wire.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** L1: what goes in comes out. */
final class FrameCodecTest {
  private static final FrameId ID = new FrameId(new Incarnation(1, 2), Lane.WINDOW, 3);

  @Test
  void everyFrameComesBackAsItWas() {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    RandomFrames frames = new RandomFrames(new Random(seed));
    for (int i = 0; i < 3000; i++) {
      Frame frame = frames.next();
      int round = i;
      assertEquals(
          frame,
          accepted(FrameCodec.encode(frame)).frame(),
          () -> "round " + round + " of seed " + seed);
    }
  }

  @Test
  void equalFramesGiveEqualBytes() {
    Frame one = new RandomFrames(new Random(5)).windows();
    Frame two = new RandomFrames(new Random(5)).windows();
    assertArrayEquals(FrameCodec.encode(one), FrameCodec.encode(two));
  }

  @Test
  void theIdentityLeavesOutTheCreationTimeAndNothingElse() {
    Frame frame =
        oneWindow(new Window(0, PlantFrames.MINUTE, 1, 0, 0, 0, 1, 1, 1, 0, 5, 1, 5, 1), 1);
    int identity = identity(frame);
    assertEquals(identity, identity(with(frame, 99, frame.runningTotal(), "m")));
    assertNotEquals(identity, identity(with(frame, 0, 77, "m")));
    assertNotEquals(identity, identity(with(frame, 0, frame.runningTotal(), "l")));
    Window other = new Window(0, PlantFrames.MINUTE, 1, 0, 0, 0, 1, 1, 1, 0, 6, 1, 6, 1);
    assertNotEquals(identity, identity(oneWindow(other, 1)));
  }

  @Test
  void theHeaderIsReadWithoutUnpacking() {
    Frame frame = oneWindow(Window.empty(0, PlantFrames.MINUTE), 0);
    byte[] bytes = FrameCodec.encode(frame);
    FrameHeader header = FrameCodec.header(bytes).orElseThrow();
    assertEquals(frame.id(), header.id());
    assertEquals(frame.edge(), header.edge());
    assertEquals(bytes.length, header.frameBytes());
    assertEquals(accepted(bytes).identity(), header.identity());
  }

  @Test
  void decodesFromTheMiddleOfAnArray() {
    byte[] bytes = FrameCodec.encode(oneWindow(Window.empty(0, PlantFrames.MINUTE), 0));
    byte[] wide = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, wide, 7, bytes.length);
    assertTrue(FrameCodec.decode(wide, 7, bytes.length) instanceof Decoded.Accepted);
  }

  @Test
  void theSpreadTravelsWithTwentyFourBits() {
    double m2 = 123.45678901234568;
    Window exact = new Window(0, PlantFrames.MINUTE, 2, 0, 0, 0, 1, 3, 4, m2, 5, 1, 6, 3);
    Frame back = accepted(FrameCodec.encode(oneWindow(exact, 2))).frame();
    double travelled = back.windows().getFirst().window().m2();
    assertNotEquals(m2, travelled);
    assertEquals(m2, travelled, m2 * 0x1p-24);
    assertEquals(Significant.round24(m2), travelled);
    assertEquals(identity(oneWindow(exact, 2)), identity(back));
  }

  @Test
  void refusesToEncodeWhatBreaksTheRules() {
    Window window = Window.empty(0, PlantFrames.MINUTE);
    assertThrows(IllegalArgumentException.class, () -> FrameCodec.encode(oneWindow(window, 1)));
    List<SeriesEntry> twice =
        List.of(new SeriesEntry("a/b", Kind.GAUGE, ""), new SeriesEntry("a/b", Kind.GAUGE, ""));
    assertThrows(IllegalArgumentException.class, () -> FrameCodec.encode(frame(0, twice, 0)));
    List<SeriesEntry> state = List.of(new SeriesEntry("a/b", Kind.STATE, ""));
    assertThrows(IllegalArgumentException.class, () -> FrameCodec.encode(frame(0, state, 0)));
    List<SeriesEntry> none = List.of();
    assertThrows(IllegalArgumentException.class, () -> FrameCodec.encode(frame(0, none, 0)));
  }

  /** L9: the sums of the account are made of these. */
  @Test
  void theReadingsOfAFrameAreTheSumOfItsCounts() {
    Window two = new Window(0, PlantFrames.MINUTE, 2, 0, 0, 0, 1, 3, 4, 2, 5, 1, 6, 3);
    assertEquals(2, accepted(FrameCodec.encode(oneWindow(two, 2))).frame().readings());
    for (long claimed : new long[] {0, 1, 3}) {
      assertThrows(
          IllegalArgumentException.class, () -> FrameCodec.encode(oneWindow(two, claimed)));
    }
  }

  @Test
  void refusesToEncodeMoreThanTheLimit() {
    Random random = new Random(1);
    List<RawRow> rows =
        IntStream.range(0, 190_000)
            .mapToObj(i -> new RawRow(0, i, random.nextDouble(), null, Quality.GOOD))
            .toList();
    Frame frame =
        new Frame(
            "pi-7",
            new FrameId(ID.incarnation(), Lane.RAW, 1),
            0,
            rows.size(),
            rows.size(),
            List.of(new SeriesEntry("a/b", Kind.GAUGE, "")),
            List.of(),
            List.of(),
            rows,
            List.of(),
            List.of());
    assertThrows(IllegalArgumentException.class, () -> FrameCodec.encode(frame));
  }

  private static Frame oneWindow(Window window, long readings) {
    List<SeriesEntry> series = List.of(new SeriesEntry("a/b", Kind.GAUGE, "m"));
    return new Frame(
        "pi-7",
        ID,
        0,
        readings,
        readings,
        series,
        List.of(new WindowRow(0, window)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Frame frame(long readings, List<SeriesEntry> series, int ofSeries) {
    return new Frame(
        "pi-7",
        ID,
        0,
        readings,
        readings,
        series,
        List.of(new WindowRow(ofSeries, Window.empty(0, PlantFrames.MINUTE))),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Frame with(Frame frame, long created, long total, String unit) {
    return new Frame(
        frame.edge(),
        frame.id(),
        created,
        frame.readings(),
        total,
        List.of(new SeriesEntry("a/b", Kind.GAUGE, unit)),
        frame.windows(),
        frame.changes(),
        frame.raw(),
        frame.events(),
        frame.replaces());
  }

  private static int identity(Frame frame) {
    return accepted(FrameCodec.encode(frame)).identity();
  }

  private static Decoded.Accepted accepted(byte[] bytes) {
    return switch (FrameCodec.decode(bytes)) {
      case Decoded.Accepted accepted -> accepted;
      case Decoded.Refused refused -> throw new AssertionError(refused);
    };
  }
}
