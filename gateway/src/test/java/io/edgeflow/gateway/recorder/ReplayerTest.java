package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.clock.StampSource;
import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames behind damage (J2). */
final class ReplayerTest {
  private static final Incarnation INCARNATION = new Incarnation(1, 2);
  private static final long MINUTE = 60 * SECOND;

  private final Replayer replayer = new Replayer(new WindowRule(MINUTE, 2 * SECOND));
  private long number;

  @Test
  void keepsAnIntactFrameWhoseReadingsAreDamagedAndCountsTheOthersOnce() {
    replay(RecordType.BEGIN, RecordParts.write(new RecordWriter(), INCARNATION));
    define(0, "pump-1/flow");
    define(1, "pump-2/flow");
    message(0);
    lose();
    message(1);
    replay(frame("pump-0/flow", "pump-1/flow", "pump-2/flow"));

    EdgeState state = replayer.state();
    assertEquals(List.of(1L), pending(state));
    assertEquals(0, state.pendingReadings());
    assertEquals(0, replayer.unfit());
    assertEquals(3, state.counts.accepted);
    assertEquals(3, state.counts.folded);
  }

  @Test
  void keepsFramesOfAnIncarnationWhoseBeginningIsDamaged() {
    lose();
    replay(frame("pump-0/flow"));

    assertEquals(List.of(1L), pending(replayer.state()));
    assertEquals(INCARNATION, replayer.state().frames.current());
  }

  @Test
  void keepsARawFrameWhoseReadingsAreDamagedAndFoldsNoneOfThem() {
    replay(RecordType.BEGIN, RecordParts.write(new RecordWriter(), INCARNATION));
    lose();
    RawRow row = new RawRow(0, START_MICROS, 5, null, Quality.GOOD);
    replay(
        FrameCodec.encode(
            new Frame(
                "pi-7",
                new FrameId(INCARNATION, Lane.RAW, 1),
                START_MICROS,
                3,
                3,
                List.of(new SeriesEntry("pump-1/flow", Kind.GAUGE, "")),
                List.of(),
                List.of(),
                List.of(row, row, row),
                List.of(),
                List.of())));

    EdgeState state = replayer.state();
    assertEquals(List.of(1L), pending(state));
    assertEquals(0, replayer.unfit());
    assertEquals(3, state.reports.reported);
    assertEquals(0, state.counts.accepted);
    assertEquals(0, state.counts.folded);
  }

  private static List<Long> pending(EdgeState state) {
    return state.frames.pending().stream().map(OutgoingFrame::id).map(FrameId::number).toList();
  }

  private void lose() {
    number++;
    replayer.damage(new Damage(1, 0, 100, number, number));
  }

  private void define(int id, String name) {
    RecordWriter series = new RecordWriter().varint(id).text(name);
    replay(RecordType.SERIES, series.u8(Kind.GAUGE.code()).text(""));
  }

  private void message(int series) {
    DecidedReading reading = new DecidedReading();
    reading.series = series;
    reading.source = StampSource.SENDER;
    reading.eventMicros = START_MICROS;
    reading.number = 1;
    RecordWriter message = new RecordWriter();
    MessageRecord.begin(message, START_MICROS);
    MessageRecord.add(message, START_MICROS, reading);
    replay(RecordType.MESSAGE, message);
  }

  private static byte[] frame(String... names) {
    Window window =
        new Window(START_MICROS, MINUTE, 1, 0, 0, 0, 1, 1, 1, 0, START_MICROS, 1, START_MICROS, 1);
    return FrameCodec.encode(
        new Frame(
            "pi-7",
            new FrameId(INCARNATION, Lane.WINDOW, 1),
            START_MICROS,
            names.length,
            names.length,
            List.of(names).stream().map(name -> new SeriesEntry(name, Kind.GAUGE, "")).toList(),
            IntStream.range(0, names.length).mapToObj(i -> new WindowRow(i, window)).toList(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private void replay(RecordType type, RecordWriter record) {
    replay(type, record.copy());
  }

  private void replay(byte[] frame) {
    replay(RecordType.FRAME, frame);
  }

  private void replay(RecordType type, byte[] payload) {
    number++;
    replayer.record(number, type.code(), payload, new LogPosition(1, number, payload.length));
  }
}
