package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The hours of edges in which a transaction stores windows (Q1): what the roll-ups say of them is
 * not true any more once it is committed. Belongs to one connection.
 */
final class TouchTable {
  private static final long HOUR_MICROS = Duration.ofHours(1).toNanos() / 1000;

  private static final String INSERT =
      """
      insert into rollup_touch (edge_id, hour)
      select edge_id, 'epoch'::timestamptz + hour * interval '1 hour'
      from unnest(?::int[], ?::bigint[]) as t (edge_id, hour)
      """;

  /**
   * @param hour since the epoch
   */
  private record Touch(int edge, long hour) {}

  private final Set<Touch> touched = new HashSet<>();
  private Touch last = new Touch(0, Long.MIN_VALUE);

  void clear() {
    touched.clear();
    last = new Touch(0, Long.MIN_VALUE);
  }

  void add(int edge, long startMicros) {
    long hour = Math.floorDiv(startMicros, HOUR_MICROS);
    // Windows of an hour mostly come together.
    if (last.edge() != edge || last.hour() != hour) {
      last = new Touch(edge, hour);
      touched.add(last);
    }
  }

  void send(Connection connection) throws SQLException {
    if (touched.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setArray(
          1, connection.createArrayOf("int4", touched.stream().map(Touch::edge).toArray()));
      insert.setArray(
          2, connection.createArrayOf("int8", touched.stream().map(Touch::hour).toArray()));
      insert.execute();
    }
  }
}
