package io.edgeflow.gateway.space;

import static io.edgeflow.gateway.space.Originals.MINUTE;
import static io.edgeflow.gateway.space.Originals.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.outbox.Grain;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.Replaced;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Windows lose resolution and no reading (L1, L7, W1). */
final class CoarsenerTest {
  private static final Incarnation FIRST = new Incarnation(1, 1);
  private static final Incarnation NEXT = new Incarnation(2, 2);

  private final Random random = new Random(5);

  @Test
  void mergesTenMinutesIntoOneWindow() {
    Originals edge = new Originals(FIRST, random);
    Coarsener coarsener = new Coarsener();
    for (int minute = 0; minute < 20; minute++) {
      assertTrue(coarsener.add(edge.next(List.of("a/x", "b/x"), MINUTE, minute)));
    }

    CoarseDraft draft = onlyDraft(coarsener);
    assertEquals(4, draft.windows().size());
    for (WindowRow row : draft.windows()) {
      assertEquals(10 * MINUTE, row.window().lengthMicros());
    }
    assertEquals(List.of(new Replaced(FIRST, Lane.WINDOW, 1, 20)), draft.replaced());
    assertEquals(START + 20 * MINUTE, draft.createdMicros());
  }

  /** Ten of a length where that divides an hour, else as many as do; an hour stays an hour. */
  @Test
  void widensToTheLongestLengthThatDividesAnHour() {
    long second = MINUTE / 60;
    assertEquals(10 * MINUTE, Resolution.widened(MINUTE));
    assertEquals(10 * second, Resolution.widened(second));
    assertEquals(60 * MINUTE, Resolution.widened(12 * MINUTE));
    assertEquals(60 * MINUTE, Resolution.widened(20 * MINUTE));
    assertEquals(60 * MINUTE, Resolution.widened(30 * MINUTE));
    assertEquals(60 * MINUTE, Resolution.widened(60 * MINUTE));
    assertEquals(30 * MINUTE, Resolution.widened(5 * MINUTE));
  }

  @Test
  void knowsWhatCanBeMergedOnce() {
    Originals edge = new Originals(FIRST, random);
    Frame fine = edge.next(List.of("a/x"), MINUTE, 0);
    Frame hour = edge.next(List.of("a/x"), 60 * MINUTE, 0);
    Coarsener coarsener = new Coarsener();
    coarsener.add(fine);
    coarsener.add(edge.next(List.of("a/x"), MINUTE, 1));
    Frame coarse = onlyDraft(coarsener).frame("pi-7", new FrameId(NEXT, Lane.WINDOW, 1), 0);

    assertEquals(Grain.FINE, Resolution.of(fine));
    assertEquals(Grain.FIXED, Resolution.of(hour));
    assertEquals(Grain.COARSE, Resolution.of(coarse));
  }

  @Test
  void leavesAloneWhatSharesNoTimeWithOthers() {
    Originals edge = new Originals(FIRST, random);
    Coarsener coarsener = new Coarsener();
    for (int hour = 0; hour < 5; hour++) {
      coarsener.add(edge.next(List.of("a/x"), MINUTE, 60L * hour));
    }

    Coarsener.Result result = coarsener.result();
    assertEquals(List.of(), result.drafts());
    assertEquals(5, result.notWorthIt().size());
  }

  /** A site with more series than one frame takes: slices of series become frames of their own. */
  @Test
  void keepsSlicesOfSeriesApart() {
    Originals edge = new Originals(FIRST, random);
    List<String> names = IntStream.range(0, 12_000).mapToObj("d%05d/x"::formatted).toList();
    Coarsener coarsener = new Coarsener();
    boolean room = true;
    for (int minute = 0; room && minute < 60; minute++) {
      for (int from = 0; room && from < names.size(); from += 2_000) {
        room = coarsener.add(edge.next(names.subList(from, from + 2_000), MINUTE, minute));
      }
    }
    assertFalse(room, "memory is not bounded");

    Coarsener.Result result = coarsener.result();
    long rows = result.drafts().stream().mapToLong(draft -> draft.windows().size()).sum();
    long originals = result.drafts().stream().mapToLong(d -> d.originals().size()).sum();
    assertTrue(rows <= Coarsener.MOST_ROWS);
    assertTrue(rows * 5 < originals * 2_000, rows + " rows of " + originals + " originals");
    result.drafts().forEach(CoarsenerTest::decode);
  }

  /** Random frames against a plain merge of everything: nothing is lost, nothing is twice. */
  @RepeatedTest(20)
  void carriesEveryReadingOnce() {
    long seed = new Random().nextLong();
    Random chance = new Random(seed);
    Map<FrameId, Frame> originals = new HashMap<>();
    Coarsener coarsener = new Coarsener();
    for (Incarnation incarnation : List.of(FIRST, NEXT)) {
      Originals edge = new Originals(incarnation, chance);
      for (int i = 0; i < 40; i++) {
        Frame frame = edge.next(names(chance), MINUTE, chance.nextInt(30));
        if (chance.nextInt(4) > 0 && coarsener.add(frame)) {
          originals.put(frame.id(), frame);
        }
      }
    }

    Coarsener.Result result = coarsener.result();
    Set<FrameId> accounted = new HashSet<>(result.notWorthIt());
    for (CoarseDraft draft : result.drafts()) {
      for (FrameId id : draft.originals()) {
        assertTrue(accounted.add(id), "seed " + seed + ": twice " + id);
      }
      assertReplacesJust(draft, seed);
      assertSame(merged(draft.originals().stream().map(originals::get).toList()), decode(draft));
    }
    assertEquals(originals.keySet(), accounted, "seed " + seed);
  }

  private static List<String> names(Random chance) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      if (chance.nextBoolean()) {
        names.add("pump-" + i + "/flow");
      }
    }
    return names.isEmpty() ? List.of("pump-0/flow") : names;
  }

  private static void assertReplacesJust(CoarseDraft draft, long seed) {
    Set<FrameId> replaced = new HashSet<>();
    for (Replaced range : draft.replaced()) {
      for (long number = range.from(); number <= range.to(); number++) {
        replaced.add(new FrameId(range.incarnation(), range.lane(), number));
      }
    }
    assertEquals(new HashSet<>(draft.originals()), replaced, "seed " + seed);
  }

  private record Stretch(String series, long start, long length) {}

  private static Map<Stretch, Window> merged(List<Frame> frames) {
    Map<Stretch, Window> merged = new HashMap<>();
    for (Frame frame : frames) {
      for (WindowRow row : frame.windows()) {
        Window wide = row.window().widen(Resolution.widened(row.window().lengthMicros()));
        String name = frame.series().get(row.series()).name();
        Stretch key = new Stretch(name, wide.startMicros(), wide.lengthMicros());
        merged.merge(key, wide, Window::merge);
      }
    }
    return merged;
  }

  private static void assertSame(Map<Stretch, Window> expected, Frame coarse) {
    assertEquals(
        expected.values().stream().mapToLong(Window::count).sum(), coarse.readings(), "readings");
    assertEquals(expected.size(), coarse.windows().size());
    for (WindowRow row : coarse.windows()) {
      Window is = row.window();
      String name = coarse.series().get(row.series()).name();
      Window was = expected.get(new Stretch(name, is.startMicros(), is.lengthMicros()));
      assertTrue(was != null, "a window from nowhere");
      assertEquals(was.count(), is.count());
      assertEquals(
          was.uncertain() + was.stale() + was.bad(), is.uncertain() + is.stale() + is.bad());
      assertEquals(was.min(), is.min());
      assertEquals(was.max(), is.max());
      assertEquals(was.first(), is.first());
      assertEquals(was.last(), is.last());
      assertEquals(was.sum(), is.sum(), 1e-9);
    }
  }

  private static Frame decode(CoarseDraft draft) {
    Frame frame = draft.frame("pi-7", new FrameId(NEXT, Lane.WINDOW, 1_000), 7);
    byte[] bytes = FrameCodec.encode(frame);
    return assertInstanceOf(Decoded.Accepted.class, FrameCodec.decode(bytes)).frame();
  }

  private static CoarseDraft onlyDraft(Coarsener coarsener) {
    List<CoarseDraft> drafts = coarsener.result().drafts();
    assertEquals(1, drafts.size());
    return drafts.getFirst();
  }
}
