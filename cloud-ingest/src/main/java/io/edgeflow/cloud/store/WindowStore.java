package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.window.Window;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where the windows of a batch go: into the minutes, with a word to whoever rolls them up, or
 * behind the horizon. Belongs to one connection.
 */
final class WindowStore {
  private final WindowTable minutes;
  private final TouchTable touches = new TouchTable();
  private final OldWindows old = new OldWindows();
  private WindowBatch merged = new WindowBatch(0);
  private Horizon horizon = new Horizon(Long.MIN_VALUE, Long.MIN_VALUE);

  WindowStore(Routes routes) {
    this.minutes = new WindowTable(routes);
  }

  /** Once per connection. */
  void prepare(Connection connection) throws SQLException {
    minutes.prepare(connection);
    old.prepare(connection);
  }

  /** A transaction begins, and nothing is locked in it. */
  void begin(Connection connection) throws SQLException {
    horizon = Horizon.hold(connection);
    minutes.begin();
  }

  /**
   * A batch, or a part of one, begins.
   *
   * @param expected windows
   */
  void clear(int expected) {
    merged = new WindowBatch(expected);
    touches.clear();
    old.clear();
  }

  /**
   * @throws IllegalArgumentException or {@link ArithmeticException} where it cannot be widened
   */
  void add(int edge, int series, Window window) {
    if (window.startMicros() < horizon.minutesMicros()) {
      old.add(series, window);
    } else {
      merged.add(series, window);
      touches.add(edge, window.startMicros());
    }
  }

  /**
   * @throws IllegalArgumentException or {@link ArithmeticException} where windows of equal keys
   *     cannot be merged
   * @param direct see {@link WindowTable#store}
   */
  void send(Connection connection, boolean direct) throws SQLException {
    minutes.store(connection, merged, direct);
    touches.send(connection);
    old.send(connection);
  }
}
