package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.counter.CounterRule;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A kind or unit that was configured anew counts from the next start on, as a record (J1). */
final class ReshapeTest {
  private static final JournalSettings SETTINGS =
      new JournalSettings(
          Path.of("/data/journal"), "pi-7", Duration.ZERO, Duration.ofMinutes(1), 1 << 20);

  private final ForgetfulDisk disk = new ForgetfulDisk();

  private record Policy(Map<String, Shape> shapes) implements SeriesPolicy {
    @Override
    public Shape shape(String series, boolean text) {
      return shapes.getOrDefault(series, new Shape(text ? Kind.TEXT : Kind.GAUGE, ""));
    }

    @Override
    public Optional<Kind> kind(String series) {
      return Optional.ofNullable(shapes.get(series)).map(Shape::kind);
    }

    @Override
    public ReportRule report(String series) {
      return ReportRule.NONE;
    }

    @Override
    public int maxSeries() {
      return 9;
    }
  }

  /** The series after a start with this policy. */
  private List<String> start(Map<String, SeriesPolicy.Shape> shapes, String... defined)
      throws IOException {
    Replayer replayer = new Replayer(Edge.MINUTES);
    EdgeState state;
    try (Journal journal = Journal.open(SETTINGS, disk, replayer)) {
      state = replayer.state();
      Scribe scribe = new Scribe(state, journal, new LoadMeter(state, 0));
      for (String name : defined) {
        Kind kind = name.endsWith("mode") ? Kind.TEXT : Kind.GAUGE;
        int id = state.series.nextId();
        scribe.series(new SeriesRegistry.Series(id, name, kind, "l"));
      }
      Reshape.run(state, scribe, new Policy(shapes));
    }
    List<String> words = new ArrayList<>();
    state.series.all().forEach(one -> words.add(one.name() + " " + one.kind() + " " + one.unit()));
    return words;
  }

  @Test
  void turnsAGaugeIntoACounterAndBack() throws IOException {
    var counter = new SeriesPolicy.Shape(Kind.COUNTER, "m3");
    assertEquals(List.of("a/b COUNTER m3"), start(Map.of("a/b", counter), "a/b"));
    assertEquals(List.of("a/b COUNTER m3"), start(Map.of("a/b", counter)), "out of the journal");
    assertEquals(List.of("a/b COUNTER m3"), start(Map.of()), "a message may have said it");
    var gauge = new SeriesPolicy.Shape(Kind.GAUGE, "");
    assertEquals(List.of("a/b GAUGE m3"), start(Map.of("a/b", gauge)));
  }

  @Test
  void leavesWhatNobodySaysAnythingOf() throws IOException {
    assertEquals(List.of("a/b GAUGE l"), start(Map.of(), "a/b"));
    var state = new SeriesPolicy.Shape(Kind.STATE, "");
    assertEquals(List.of("a/b STATE l"), start(Map.of("a/b", state)));
    assertEquals(List.of("a/b STATE l"), start(Map.of()));
  }

  @Test
  void makesNoNumberOfAText() throws IOException {
    var counter = new SeriesPolicy.Shape(Kind.COUNTER, "");
    assertEquals(List.of("a/mode TEXT l"), start(Map.of("a/mode", counter), "a/mode"));
  }

  @Test
  void forgetsWhatWasCountedByThen() {
    EdgeState state = new EdgeState(Edge.MINUTES);
    state.define(new SeriesRegistry.Series(0, "a/b", Kind.COUNTER, ""));
    state.counters.accept(0, 1, 5, 0);
    state.define(new SeriesRegistry.Series(0, "a/b", Kind.GAUGE, ""));
    assertEquals(0, state.counters.size());
    assertTrue(Double.isNaN(state.counters.newestRaw(0)));
    assertEquals(CounterRule.NO_ROLL_OVER, new SeriesPolicy.Shape(Kind.GAUGE, "").counter());
  }
}
