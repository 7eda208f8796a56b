package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.SeriesEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this connection knows of the ids of series. It learns only from committed transactions, and
 * dies with its connection: another connection may see another database. Refreshes {@code
 * last_seen} a few times an hour.
 */
final class SeriesIds {
  /**
   * @param kind its code
   */
  record Known(int id, int kind, String unit) {
    boolean describes(SeriesEntry entry) {
      return kind == entry.kind().code() && unit.equals(Text.storable(entry.unit()));
    }
  }

  /** More series than the edge is allowed; naming none, because names are input. */
  static final class TooManySeries extends Exception {
    TooManySeries(long would, int limit) {
      super("the edge would have " + would + " series, the limit is " + limit);
    }
  }

  private static final long REFRESH_NANOS = Duration.ofMinutes(10).toNanos();

  private record Cached(Known known, long seenNanos) {}

  private final int limit;
  private final Map<Integer, Map<String, Cached>> committed = new HashMap<>();
  private final Map<Integer, Map<String, Cached>> learned = new HashMap<>();

  /**
   * @param limit of series per edge
   */
  SeriesIds(int limit) {
    this.limit = limit;
  }

  /** The ids of a frame's series, in the order of its list; adds what is new. */
  int[] resolve(Connection connection, int edge, List<SeriesEntry> entries, long nowNanos)
      throws SQLException, TooManySeries {
    List<SeriesEntry> stale = new ArrayList<>();
    for (SeriesEntry entry : entries) {
      Cached cached = find(edge, entry.name());
      if (cached == null
          || !cached.known().describes(entry)
          || nowNanos - cached.seenNanos() > REFRESH_NANOS) {
        stale.add(entry);
      }
    }
    if (!stale.isEmpty()) {
      refresh(connection, edge, stale, nowNanos);
    }
    return entries.stream().mapToInt(entry -> id(edge, entry)).toArray();
  }

  private void refresh(Connection connection, int edge, List<SeriesEntry> stale, long nowNanos)
      throws SQLException, TooManySeries {
    List<String> unknown =
        stale.stream().map(SeriesEntry::name).filter(name -> find(edge, name) == null).toList();
    if (!unknown.isEmpty()) {
      long would =
          NameTable.count(connection, edge)
              + unknown.size()
              - NameTable.known(connection, edge, unknown).size();
      if (would > limit) {
        throw new TooManySeries(would, limit);
      }
    }
    Map<String, Integer> ids = NameTable.series(connection, edge, stale);
    Map<String, Cached> into = learned.computeIfAbsent(edge, _ -> new HashMap<>());
    for (SeriesEntry entry : stale) {
      int id = Objects.requireNonNull(ids.get(entry.name()), "an upsert without a row");
      Known known = new Known(id, entry.kind().code(), Text.storable(entry.unit()));
      into.put(entry.name(), new Cached(known, nowNanos));
    }
  }

  /** The transaction was committed: what it taught is true. */
  void committed() {
    learned.forEach(
        (edge, names) -> committed.computeIfAbsent(edge, _ -> new HashMap<>()).putAll(names));
    learned.clear();
  }

  /** The transaction, or a part of it, was rolled back. */
  void rolledBack() {
    learned.clear();
  }

  private int id(int edge, SeriesEntry entry) {
    return Objects.requireNonNull(find(edge, entry.name())).known().id();
  }

  private @Nullable Cached find(int edge, String name) {
    Cached fresh = learned.getOrDefault(edge, Map.of()).get(name);
    return fresh != null ? fresh : committed.getOrDefault(edge, Map.of()).get(name);
  }
}
