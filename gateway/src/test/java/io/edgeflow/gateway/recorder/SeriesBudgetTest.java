package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Outage.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.capture.RejectReason;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More series than a budget has room for: what a checkpoint takes of each of them stays taken, so
 * new ones are refused before the intake of all would stop for ever (J9).
 */
@Execution(ExecutionMode.CONCURRENT)
final class SeriesBudgetTest {
  /** Of one message. */
  private static final int NEW_AT_ONCE = 50;

  @TempDir Path temp;

  /**
   * The cloud is away all the time: nothing but the gateway itself makes room.
   *
   * @param reserveParts the reserve is such a part of the budget; 0 for none
   * @param nameLength of each series, which every checkpoint repeats
   * @param textLength of each value, which every checkpoint repeats as well; 0 for numbers
   */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 8, 0, false",
    "1, 8, 8, 0, true",
    "1, 2, 8, 0, false",
    "2, 8, 60, 0, true",
    "2, 8, 8, 400, false"
  })
  void goesOnWithTheSeriesThatItKnows(
      int mebibytes, int reserveParts, int nameLength, int textLength, boolean stamped)
      throws Exception {
    Plant plant = new Plant(nameLength, textLength, stamped);
    long budget = (long) mebibytes << 20;
    long reserve = reserveParts == 0 ? 0 : budget / reserveParts;
    Path directory = temp.resolve("data/journal");
    try (Edge edge = Edge.withoutSeriesLimit(directory, budget, reserve)) {
      int named = 0;
      while (refused(edge) < 10 * NEW_AT_ONCE && named < 20_000) {
        named += NEW_AT_ONCE;
        edge.awaitSafe(edge.publish("plant", plant.payload(edge, named)));
        edge.pass(MINUTE / 10);
      }
      int known = edge.recorder.onOwner(state -> state.series.size()).join();
      assertEquals(named - refused(edge), known, "series " + known);
      assertTrue(known * 1_000L > budget / 8, "far too few: " + known);
      edge.awaitQuiet();
      assertTrue(told(edge), "budget-small is not told");

      long accepted = edge.figures().accepted();
      for (int minute = 0; minute < 40; minute++) {
        for (int last = NEW_AT_ONCE; last <= known; last += NEW_AT_ONCE) {
          edge.awaitSafe(edge.publish("plant", plant.payload(edge, last)));
          accepted += NEW_AT_ONCE;
        }
        edge.pass(MINUTE);
      }
      assertEquals(accepted, edge.figures().accepted());
      edge.awaitQuiet();
      long most = Edge.bytesOf(temp);
      assertTrue(most <= budget, most + " bytes of " + budget + " with " + known + " series");
      Outage.assertBalanced(edge.figures(), "with " + known + " series");
    }
  }

  private record Plant(int nameLength, int textLength, boolean stamped) {
    /** The series up to this one. */
    String payload(Edge edge, int last) {
      StringBuilder payload = new StringBuilder("{");
      if (stamped) {
        payload.append("\"ts\":").append(edge.wallMicros.get() / 1_000).append(',');
      }
      payload.append("\"values\":{");
      for (int i = last - NEW_AT_ONCE; i < last; i++) {
        String name = "p" + i;
        payload.append(i == last - NEW_AT_ONCE ? "" : ",").append('"').append(name);
        payload.repeat('x', nameLength - name.length()).append("\":");
        value(payload, edge.nanos.get() % 997);
      }
      return payload + "}}";
    }

    private void value(StringBuilder payload, long number) {
      if (textLength == 0) {
        payload.append(number);
      } else {
        payload.append('"').append(number).repeat('t', textLength).append('"');
      }
    }
  }

  private static long refused(Edge edge) {
    return edge.figures().refused().getOrDefault(RejectReason.SERIES_LIMIT, 0L);
  }

  private static boolean told(Edge edge) {
    return edge.pendingEvents().stream()
        .filter(event -> event.type().equals("budget-small"))
        .anyMatch(event -> "refused".equals(event.detail().get("newSeries")));
  }
}
