package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.counter.CounterRule;
import io.edgeflow.aggregator.counter.Counters;
import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.snapshot.Pieces;
import io.edgeflow.gateway.clock.StampSource;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Incarnation;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** J1: a checkpoint holds whatever recovery needs and older segments would be the only place of. */
final class CheckpointTest {
  private final EdgeState state = new EdgeState(Edge.MINUTES);

  CheckpointTest() {
    state.frames.begin(new Incarnation(1, 2), null);
    state.series.define(new SeriesRegistry.Series(0, "pump-7/flow", Kind.GAUGE, "l/s"));
    state.series.define(new SeriesRegistry.Series(1, "pump-7/state", Kind.STATE, ""));
    for (int series = 0; series < 2; series++) {
      DecidedReading reading = new DecidedReading();
      reading.series = series;
      reading.source = StampSource.SENDER;
      reading.stampMicros = START_MICROS;
      reading.eventMicros = START_MICROS;
      reading.number = 3;
      reading.reported = series == 0;
      state.accept(reading, 1);
    }
    state.events.add(
        new EventRow(START_MICROS, EventSeverity.ALARM, "test", "", "told", new TreeMap<>()));
    state.vouchedMicros = 11;
    state.distrustedMicros = 12;
    state.lastArrivedMicros = 13;
  }

  @Test
  void holdsWhatIsNotInAFrameYet() {
    EdgeState back = Checkpoint.read(Checkpoint.of(state).toBytes());
    assertEquals(1, back.windows.pendingReadings(), "windows");
    assertEquals(1, back.changes.pendingReadings(), "states and texts");
    assertEquals(1, back.reports.waiting.size(), "raw readings");
    assertEquals(1, back.events.size(), "events");
    assertEquals(2, back.counts.accepted);
    assertEquals(state.frames.current(), back.frames.current());
  }

  @Test
  void holdsWhatLaterReadingsAreJudgedBy() {
    EdgeState back = Checkpoint.read(Checkpoint.of(state).toBytes());
    assertEquals(2, back.series.size());
    assertEquals(
        Verdict.DUPLICATE, back.stamps.judge(0, START_MICROS, EdgeState.bits(reading())), "stamps");
    assertEquals(Edge.MINUTES, back.rule);
    assertEquals(11, back.vouchedMicros);
    assertEquals(12, back.distrustedMicros);
    assertEquals(13, back.lastArrivedMicros);
  }

  @Test
  void holdsWhatCountersCountedAndSinceWhenValuesAreStale() {
    count(5, START_MICROS);
    count(3, START_MICROS + 1);
    state.latest.set(0, START_MICROS + 7, 3, null, Quality.STALE);
    EdgeState back = Checkpoint.read(Checkpoint.of(state).toBytes());
    back.counters.judge(2, START_MICROS + 2, 4, CounterRule.NO_ROLL_OVER);
    assertEquals(5, back.counters.offset());
    assertEquals(START_MICROS, back.latest.knownMicros(0));
    assertEquals(START_MICROS + 7, back.latest.timeMicros(0));
  }

  private void count(double shown, long micros) {
    state.define(new SeriesRegistry.Series(2, "pump-7/energy", Kind.COUNTER, "Wh"));
    DecidedReading reading = new DecidedReading();
    reading.series = 2;
    reading.eventMicros = micros;
    reading.number = shown;
    state.counters.judge(2, micros, shown, CounterRule.NO_ROLL_OVER);
    reading.countOn(state.counters.offset());
    state.accept(reading, 1);
  }

  /** As versions before counters wrote it: their block is the last one. */
  @Test
  void readsThatOfAVersionWithoutCounters() {
    byte[] now = Checkpoint.of(state).toBytes();
    Pieces none = new Pieces();
    new Counters().snapshot(none);
    byte[] then = Arrays.copyOf(now, now.length - Integer.BYTES - none.toBytes().length);
    then[0] = 5;
    assertArrayEquals(now, Checkpoint.of(Checkpoint.read(then)).toBytes());
  }

  private static DecidedReading reading() {
    DecidedReading reading = new DecidedReading();
    reading.number = 3;
    return reading;
  }

  @Test
  void isTheSameWhenItIsTakenAgain() {
    byte[] once = Checkpoint.of(state).toBytes();
    assertArrayEquals(once, Checkpoint.of(Checkpoint.read(once)).toBytes());
  }
}
