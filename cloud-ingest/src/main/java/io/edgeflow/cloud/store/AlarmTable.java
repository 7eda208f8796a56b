package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.FrameLimits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code alarm}: what each alarm is, by the newest word of its edge. Belongs to one
 * connection.
 *
 * <p>Newest is what the edge said last by its own time, not what happened last: somebody may
 * acknowledge an alarm before a reading comes in that is older and says that it is over. What an
 * edge cannot have said yet, its clock being wrong, it said when it came in.
 */
final class AlarmTable {
  private static final String TIME = "'epoch'::timestamptz + ? * interval '1 microsecond'";

  private static final String NEWEST =
      """
      insert into alarm as a (edge_id, id, series, rule, condition, limit_at, value, priority,
        state, raised, message, time, said, ledger_id, frame, row, digest)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, %1$s, ?, %1$s, %1$s, ?, ?, ?, ?)
      on conflict (edge_id, id) do update set
        series = excluded.series, rule = excluded.rule, condition = excluded.condition,
        limit_at = excluded.limit_at, value = excluded.value, priority = excluded.priority,
        state = excluded.state, raised = excluded.raised, message = excluded.message,
        time = excluded.time, said = excluded.said, ledger_id = excluded.ledger_id,
        frame = excluded.frame, row = excluded.row, digest = excluded.digest
      where (excluded.said, excluded.ledger_id, excluded.frame, excluded.row)
        > (a.said, a.ledger_id, a.frame, a.row)
      """
          .formatted(TIME);

  /** By how much clocks may differ. */
  private static final long MOST_AHEAD_MILLIS = Duration.ofMinutes(5).toMillis();

  private static final Comparator<Said> ORDER =
      Comparator.comparingLong((Said said) -> said.saidMillis)
          .thenComparingInt(said -> said.ledger)
          .thenComparingLong(said -> said.frame)
          .thenComparingInt(said -> said.row);

  private record Key(int edge, String alarm) {}

  private record Said(
      EventRow event, long saidMillis, int ledger, long frame, int row, @Nullable Integer digest) {}

  private final SortedMap<Key, Said> newest =
      new TreeMap<>(Comparator.comparingInt(Key::edge).thenComparing(Key::alarm));

  void clear() {
    newest.clear();
  }

  /**
   * @param digest that the event is part of
   * @param arrivedMicros when it came in
   */
  void add(
      EventRow event,
      int edge,
      int ledger,
      long frame,
      int row,
      @Nullable Integer digest,
      long arrivedMicros) {
    String alarm = event.detail().getOrDefault("alarm", "");
    if (event.type().startsWith("alarm-") && !alarm.isEmpty()) {
      Said said =
          new Said(event, saidMillis(event, arrivedMicros / 1000), ledger, frame, row, digest);
      newest.merge(
          new Key(edge, Text.storable(alarm)),
          said,
          (one, other) -> ORDER.compare(one, other) > 0 ? one : other);
    }
  }

  void send(Connection connection) throws SQLException {
    if (newest.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = connection.prepareStatement(NEWEST)) {
      for (Map.Entry<Key, Said> entry : newest.entrySet()) {
        bind(upsert, entry.getKey(), entry.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void bind(PreparedStatement upsert, Key key, Said said) throws SQLException {
    EventRow event = said.event();
    upsert.setInt(1, key.edge());
    upsert.setString(2, key.alarm());
    upsert.setString(3, Text.storable(event.series()));
    upsert.setString(4, detail(event, "rule"));
    upsert.setString(5, detail(event, "condition"));
    upsert.setString(6, detail(event, "limit"));
    upsert.setString(7, detail(event, "value"));
    upsert.setString(8, detail(event, "priority"));
    upsert.setString(9, event.type().equals("alarm-removed") ? "removed" : detail(event, "state"));
    upsert.setLong(10, 1000 * millis(event, "raised"));
    upsert.setString(11, Text.storable(event.message()));
    upsert.setLong(12, event.timeMicros());
    upsert.setLong(13, 1000 * said.saidMillis());
    upsert.setInt(14, said.ledger());
    upsert.setLong(15, said.frame());
    upsert.setInt(16, said.row());
    if (said.digest() == null) {
      upsert.setNull(17, Types.INTEGER);
    } else {
      upsert.setInt(17, said.digest());
    }
  }

  private static String detail(EventRow event, String key) {
    return Text.storable(event.detail().getOrDefault(key, ""));
  }

  private static long saidMillis(EventRow event, long arrivedMillis) {
    long said = millis(event, "noticed");
    return said > arrivedMillis + MOST_AHEAD_MILLIS ? arrivedMillis : said;
  }

  /** A time in the detail; where there is none, the event's own. */
  private static long millis(EventRow event, String key) {
    long own = Math.floorDiv(event.timeMicros(), 1000L);
    try {
      long millis = Long.parseLong(event.detail().getOrDefault(key, ""));
      return millis >= FrameLimits.MIN_MICROS / 1000 && millis <= FrameLimits.MAX_MICROS / 1000
          ? millis
          : own;
    } catch (NumberFormatException none) {
      return own;
    }
  }
}
