package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Routes.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Windows into {@code sample_window}: merged among themselves in Java; those without a row yet
 * copied into the table, the others copied to a temporary table of this connection and merged by
 * one statement in key order (L5). Those that {@link Routes} sends elsewhere are merged there; a
 * key may so have a row in several tables, which readers merge.
 *
 * <p>The statement computes what {@link Window#merge} computes, operation by operation, so the
 * results are equal to the bit (W3). The only exceptions are differences of means below 1e-160 and
 * sums below 1e-300, which count as zero: PostgreSQL calls a product that is too small for a double
 * an error.
 */
final class WindowTable {
  private static final String[] COLUMNS = {
    "time",
    "first_time",
    "last_time",
    "length",
    "count",
    "uncertain",
    "stale",
    "bad",
    "min",
    "max",
    "first",
    "last",
    "sum",
    "m2",
    "series_id"
  };

  private static final String CREATE =
      """
      create temp table if not exists stage_window
      (like sample_window including defaults) on commit delete rows
      """;

  private static final Map<Place, String> MERGES =
      Map.of(
          Place.TABLE, merge("sample_window", "stage_window"),
          Place.ARCHIVE, merge(TimeTable.SAMPLE_WINDOW.archive(), "stage_window"),
          Place.LATE, merge("window_late", "stage_window"));

  private final Routes routes;
  private final BinaryCopy rows = new BinaryCopy("sample_window", COLUMNS);
  private final BinaryCopy stage = new BinaryCopy("stage_window", COLUMNS);
  private boolean staged;

  WindowTable(Routes routes) {
    this.routes = routes;
  }

  /**
   * The statement that merges rows of one table into another, each key at most once.
   *
   * @param source a table, or a query in parentheses with an alias, of rows in key order
   */
  static String merge(String target, String source) {
    return """
    insert into %8$s as w (%1$s)
    select %1$s from %9$s
    on conflict (series_id, time, length) do update set
      count = w.count + excluded.count,
      uncertain = w.uncertain + excluded.uncertain,
      stale = w.stale + excluded.stale,
      bad = w.bad + excluded.bad,
      min = least(w.min, excluded.min),
      max = greatest(w.max, excluded.max),
      sum = w.sum + excluded.sum,
      m2 = case
        when excluded.min is null then w.m2
        when w.min is null then excluded.m2
        when abs(%2$s - %3$s) < 1e-160 then w.m2 + excluded.m2
        else (w.m2 + excluded.m2) + (%2$s - %3$s) * (%2$s - %3$s)
          * (%5$s * %4$s / (%5$s + %4$s))
      end,
      first_time = case when %6$s then excluded.first_time else w.first_time end,
      first = case when %6$s then excluded.first else w.first end,
      last_time = case when %7$s then excluded.last_time else w.last_time end,
      last = case when %7$s then excluded.last else w.last end
    """
        .formatted(
            String.join(", ", COLUMNS),
            mean("excluded"),
            mean("w"),
            valued("excluded"),
            valued("w"),
            takes("first", "<"),
            takes("last", ">"),
            target,
            source);
  }

  private static String valued(String row) {
    return "(%1$s.count - %1$s.stale - %1$s.bad)::float8".formatted(row);
  }

  private static String mean(String row) {
    return "(case when abs(%1$s.sum) < 1e-300 then 0 else %1$s.sum / %2$s end)"
        .formatted(row, valued(row));
  }

  /** Whether the new row's first or last reading takes the place of the old one's. */
  private static String takes(String column, String order) {
    return "(excluded.min is not null and (w.min is null or"
        .concat(" (excluded.%1$s_time, excluded.%1$s) %2$s (w.%1$s_time, w.%1$s)))")
        .formatted(column, order);
  }

  /** Once per connection. */
  void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      // The planner knows little about arrays and temporary tables; keys lead to rows by the index.
      statement.execute("set enable_hashjoin = off");
      statement.execute("set enable_mergejoin = off");
    }
  }

  /** A transaction begins: the temporary table is empty. */
  void begin() {
    staged = false;
  }

  /**
   * Adds the windows to the table, within the connection's transaction.
   *
   * @param direct whether to copy new rows into the table itself; should it hold them all the same,
   *     that is a data error, and merging is what is left
   */
  void store(Connection connection, WindowBatch windows, boolean direct) throws SQLException {
    windows.settle();
    Map<Place, BitSet> places = places(windows);
    BitSet here = Objects.requireNonNull(places.get(Place.TABLE));
    BitSet present = direct ? PresentWindows.among(connection, windows, here) : here;
    for (Place place : Place.values()) {
      BitSet merging = place == Place.TABLE ? present : places.get(place);
      merge(connection, place, windows, Objects.requireNonNull(merging));
    }
    here.andNot(present);
    send(connection, rows, windows, here);
  }

  private Map<Place, BitSet> places(WindowBatch windows) {
    Map<Place, BitSet> places = new EnumMap<>(Place.class);
    for (Place place : Place.values()) {
      places.put(place, new BitSet(windows.size()));
    }
    for (int row = 0; row < windows.size(); row++) {
      Place place = routes.of(TimeTable.SAMPLE_WINDOW, windows.window(row).startMicros());
      Objects.requireNonNull(places.get(place)).set(row);
    }
    return places;
  }

  private void merge(Connection connection, Place place, WindowBatch windows, BitSet rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      if (staged) {
        // For another place, or by another part of a narrowed batch.
        statement.execute("delete from stage_window");
      }
      staged = true;
      send(connection, stage, windows, rows);
      statement.execute(Objects.requireNonNull(MERGES.get(place)));
    }
  }

  /** The server stores the first while the last are not written yet. */
  private static void send(
      Connection connection, BinaryCopy copy, WindowBatch windows, BitSet chosen)
      throws SQLException {
    copy.clear();
    for (int row = chosen.nextSetBit(0); row >= 0; row = chosen.nextSetBit(row + 1)) {
      row(copy, windows.series(row), windows.window(row));
      copy.push(connection);
    }
    copy.send(connection);
  }

  /** In key order: the temporary table is read in the order in which it was written. */
  private static void row(BinaryCopy copy, int series, Window window) {
    copy.row(COLUMNS.length)
        .time(window.startMicros())
        .time(window.firstMicros())
        .time(window.lastMicros())
        .int8(window.lengthMicros())
        .int8(window.count())
        .int8(window.uncertain())
        .int8(window.stale())
        .int8(window.bad())
        .float8(window.min())
        .float8(window.max())
        .float8(window.first())
        .float8(window.last())
        .float8(window.sum())
        .float8(window.m2())
        .int4(series);
  }
}
