package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.RawRow;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Rows that are keyed by where they came from, ledger, frame and row (L11): raw readings, runs of
 * states and texts, events. They are copied into their tables directly, because no frame is stored
 * twice. Belongs to one connection.
 */
final class RowTables {
  private final RoutedCopy raw =
      new RoutedCopy(
          TimeTable.SAMPLE_RAW,
          "time",
          "series_id",
          "ledger_id",
          "frame",
          "row",
          "number",
          "text",
          "quality");
  private final RoutedCopy states =
      new RoutedCopy(
          TimeTable.SAMPLE_STATE,
          "time",
          "last_time",
          "series_id",
          "ledger_id",
          "frame",
          "row",
          "count",
          "number",
          "text",
          "quality");
  private final RoutedCopy events =
      new RoutedCopy(
          TimeTable.EVENT,
          "time",
          "edge_id",
          "ledger_id",
          "frame",
          "row",
          "severity",
          "type",
          "series",
          "message",
          "detail",
          "digest");
  private final AlarmTable alarms = new AlarmTable();
  private final LateAlarms late;
  private final Routes routes;

  RowTables(LateAlarms late, Routes routes) {
    this.late = late;
    this.routes = routes;
  }

  void clear() {
    raw.clear();
    states.clear();
    events.clear();
    alarms.clear();
  }

  /**
   * @param series ids of the frame's series, in its order
   */
  void add(Frame frame, int edge, int ledger, int[] series) {
    long number = frame.id().number();
    for (int row = 0; row < frame.raw().size(); row++) {
      add(frame.raw().get(row), series, ledger, number, row);
    }
    for (int row = 0; row < frame.changes().size(); row++) {
      add(frame.changes().get(row), series, ledger, number, row);
    }
    for (int row = 0; row < frame.events().size(); row++) {
      add(frame.events().get(row), edge, ledger, number, row);
    }
  }

  void send(Connection connection) throws SQLException {
    raw.send(connection);
    states.send(connection);
    events.send(connection);
    alarms.send(connection);
  }

  private void add(RawRow reading, int[] series, int ledger, long frame, int row) {
    raw.at(routes, reading.timeMicros())
        .row(8)
        .time(reading.timeMicros())
        .int4(series[reading.series()])
        .int4(ledger)
        .int8(frame)
        .int4(row)
        .float8(reading.number())
        .text(reading.text())
        .int2(reading.quality().code());
  }

  private void add(ChangeRow run, int[] series, int ledger, long frame, int row) {
    states
        .at(routes, run.firstMicros())
        .row(10)
        .time(run.firstMicros())
        .time(run.lastMicros())
        .int4(series[run.series()])
        .int4(ledger)
        .int8(frame)
        .int4(row)
        .int8(run.count())
        .float8(run.number())
        .text(run.text())
        .int2(run.quality().code());
  }

  private void add(EventRow event, int edge, int ledger, long frame, int row) {
    Integer digest = late.digest(edge, event);
    late.add(edge, event);
    alarms.add(event, edge, ledger, frame, row, digest, late.arrivedMicros());
    events
        .at(routes, event.timeMicros())
        .row(11)
        .time(event.timeMicros())
        .int4(edge)
        .int4(ledger)
        .int8(frame)
        .int4(row)
        .int2(event.severity().code())
        .text(event.type())
        .text(event.series())
        .text(event.message())
        .jsonb(Text.json(event.detail()))
        .int4OrNull(digest);
  }
}
