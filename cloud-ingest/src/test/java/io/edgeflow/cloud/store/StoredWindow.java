package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.window.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** A row of {@code sample_window} as the value that it stands for. */
final class StoredWindow {
  private StoredWindow() {}

  static Window read(ResultSet row) throws SQLException {
    return new Window(
        micros(row, "time"),
        row.getLong("length"),
        row.getLong("count"),
        row.getLong("uncertain"),
        row.getLong("stale"),
        row.getLong("bad"),
        number(row, "min"),
        number(row, "max"),
        row.getDouble("sum"),
        row.getDouble("m2"),
        micros(row, "first_time"),
        number(row, "first"),
        micros(row, "last_time"),
        number(row, "last"));
  }

  /** The order of merging shows in the last bits of m2, which has a test of its own. */
  static Window withoutSpread(Window w) {
    return new Window(
        w.startMicros(),
        w.lengthMicros(),
        w.count(),
        w.uncertain(),
        w.stale(),
        w.bad(),
        w.min(),
        w.max(),
        w.sum(),
        0,
        w.firstMicros(),
        w.first(),
        w.lastMicros(),
        w.last());
  }

  private static long micros(ResultSet row, String column) throws SQLException {
    return ChronoUnit.MICROS.between(
        Instant.EPOCH, row.getObject(column, OffsetDateTime.class).toInstant());
  }

  private static double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
