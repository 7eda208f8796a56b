package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FramerTest {
  private static final long MINUTE = 60_000_000;

  /** J4: wherever a recovery is killed while it closes, the next one numbers equal frames. */
  @Test
  void cutsTheSameFramesAfterAnInterruptionBetweenAnyTwo() {
    List<Integer> whole = close(stateOfLongNames(), Integer.MAX_VALUE);
    assertTrue(whole.size() > 3, "too few frames to interrupt: " + whole.size());

    for (int until = 1; until < whole.size(); until++) {
      EdgeState state = stateOfLongNames();
      List<Integer> both = new ArrayList<>(close(state, until));
      both.addAll(close(state, Integer.MAX_VALUE));
      assertEquals(whole, both, "interrupted after frame " + until);
    }
  }

  /** L1: a stranger's words in events neither stop the numbering nor overfill a frame. */
  @Test
  void cutsEventsThatNoFrameCouldHold() {
    Random random = new Random(12);
    EdgeState state = new EdgeState(new WindowRule(MINUTE, 0));
    state.frames.begin(new Incarnation(1, 1), null);
    for (int i = 0; i < 100; i++) {
      StringBuilder said = new StringBuilder();
      random.ints(9_000, 0x4E00, 0x9FA5).forEach(said::appendCodePoint);
      SortedMap<String, String> detail = new TreeMap<>(Map.of("point", said.toString()));
      state.events.add(new EventRow(1, EventSeverity.WARNING, "set", "", "set " + said, detail));
    }

    List<Integer> frames = close(state, Integer.MAX_VALUE);

    assertTrue(state.events.isEmpty());
    assertTrue(frames.size() > 1 && frames.size() < 50, () -> frames.size() + " frames");
  }

  /** Names that hardly compress, so that frames are cut by size and not by rows. */
  private static EdgeState stateOfLongNames() {
    Random random = new Random(11);
    EdgeState state = new EdgeState(new WindowRule(MINUTE, 0));
    state.frames.begin(new Incarnation(1, 1), null);
    for (int id = 0; id < 5_000; id++) {
      StringBuilder name = new StringBuilder("d");
      for (int level = 0; level < 3; level++) {
        name.append('/');
        random.ints(40, 'a', 'z' + 1).forEach(name::appendCodePoint);
      }
      state.series.define(new SeriesRegistry.Series(id, name.toString(), Kind.GAUGE, ""));
      state.windows.fold(id, 0, random.nextDouble(), Quality.GOOD, 0);
    }
    return state;
  }

  /** Closes everything, or as many frames as that, and gives the identities of the frames. */
  private static List<Integer> close(EdgeState state, int most) {
    List<Integer> identities = new ArrayList<>();
    Framer.Sink sink =
        (Frame frame, byte[] encoded) -> {
          if (identities.size() == most) {
            throw new Killed();
          }
          identities.add(((Decoded.Accepted) FrameCodec.decode(encoded)).identity());
          state.numbered(frame, encoded.length);
        };
    try {
      new Closing(state, new Framer(state, "pi-7", sink, sink), 0).everything(1);
    } catch (Killed killed) {
      // The point of the test.
    }
    return identities;
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
