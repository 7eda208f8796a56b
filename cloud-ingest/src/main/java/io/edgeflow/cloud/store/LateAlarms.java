package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Batch.Item;
import io.edgeflow.wire.frame.EventRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gathers alarms that are more than 15 minutes old when they come in: an edge that was away for
 * hours must not ring every bell. Each belongs to the digest of its site that is open, which is so
 * until nothing was added for ten minutes, or somebody acknowledged it. Belongs to one connection.
 */
final class LateAlarms {
  private static final long LATE_MICROS = Duration.ofMinutes(15).toNanos() / 1000;
  private static final long QUIET_MICROS = Duration.ofMinutes(10).toNanos() / 1000;

  private static final String SITES =
      "select id, site from edge where id = any(?::int[]) order by id";

  /** Two writers that begin the digest of a site at once make one; until the transaction ends. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('edgeflow alarm digest ' || ?, 0))";

  /** Locked: whoever acknowledges it at the same time does so before or after what is added now. */
  private static final String OPEN =
      """
      select id from alarm_digest
      where site = ? and acknowledged is null
        and updated > 'epoch'::timestamptz + ? * interval '1 microsecond'
      order by id desc limit 1
      for no key update
      """;

  private static final String BEGIN =
      """
      insert into alarm_digest (site, opened, updated)
      select ?, t, t from (select 'epoch'::timestamptz + ? * interval '1 microsecond' as t) now
      returning id
      """;

  private static final String PART =
      """
      insert into alarm_digest_part as p
        (digest, edge_id, rule, priority, raised, events, first_time, last_time)
      values (?, ?, ?, ?, ?, ?, %1$s, %1$s)
      on conflict (digest, edge_id, rule) do update set
        priority = greatest(p.priority, excluded.priority),
        raised = p.raised + excluded.raised,
        events = p.events + excluded.events,
        first_time = least(p.first_time, excluded.first_time),
        last_time = greatest(p.last_time, excluded.last_time)
      """
          .formatted("'epoch'::timestamptz + ? * interval '1 microsecond'");

  private static final String UPDATED =
      """
      update alarm_digest
      set updated = greatest(updated, 'epoch'::timestamptz + ? * interval '1 microsecond')
      where id = any(?::int[])
      """;

  private record Part(int digest, int edge, String rule) implements Comparable<Part> {
    @Override
    public int compareTo(Part other) {
      int order = Integer.compare(digest, other.digest);
      order = order == 0 ? Integer.compare(edge, other.edge) : order;
      return order == 0 ? rule.compareTo(other.rule) : order;
    }
  }

  private static final class Sum {
    int priority;
    long raised;
    long events;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    void add(EventRow event) {
      boolean news = event.type().equals("alarm-raised");
      priority =
          Math.max(priority, news ? AlarmDigest.priority(event.detail().get("priority")) : 0);
      raised += news ? 1 : 0;
      events++;
      first = Math.min(first, event.timeMicros());
      last = Math.max(last, event.timeMicros());
    }
  }

  private final Map<Integer, Integer> digestOfEdge = new HashMap<>();
  private final SortedMap<Part, Sum> parts = new TreeMap<>();
  private long arrivedMicros;

  static boolean isLate(EventRow event, long arrivedMicros) {
    return event.type().startsWith("alarm-") && event.timeMicros() < arrivedMicros - LATE_MICROS;
  }

  /** Forgets what was added before: the items are tried again, or others are. */
  void begin() {
    parts.clear();
  }

  /**
   * Finds or begins the digests that the frames need, once in a transaction and before it is taken
   * apart: sites are shared between edges, and whoever locked them in another order than by their
   * names would wait for another transaction that waits for this one.
   */
  void open(Connection connection, List<Item> items, long arrivedMicros) throws SQLException {
    this.arrivedMicros = arrivedMicros;
    digestOfEdge.clear();
    Set<Integer> edges = new HashSet<>();
    for (Item item : items) {
      boolean late =
          ((Arrival.Good) item.arrival())
              .frame().events().stream().anyMatch(event -> isLate(event, arrivedMicros));
      if (late) {
        edges.add(item.edge());
      }
    }
    if (edges.isEmpty()) {
      return;
    }
    SortedMap<String, SortedSet<Integer>> sites = sites(connection, edges);
    for (Map.Entry<String, SortedSet<Integer>> site : sites.entrySet()) {
      int digest = open(connection, site.getKey());
      site.getValue().forEach(edge -> digestOfEdge.put(edge, digest));
    }
  }

  /** When the frames of now came in. */
  long arrivedMicros() {
    return arrivedMicros;
  }

  /** The digest that the event is part of; null if it came in time. */
  @Nullable Integer digest(int edge, EventRow event) {
    return isLate(event, arrivedMicros) ? digestOfEdge.get(edge) : null;
  }

  /** Counts an event that is stored. */
  void add(int edge, EventRow event) {
    Integer digest = digest(edge, event);
    if (digest != null) {
      String rule = Text.storable(event.detail().getOrDefault("rule", ""));
      parts.computeIfAbsent(new Part(digest, edge, rule), _ -> new Sum()).add(event);
    }
  }

  /** Adds what was counted to the digests, and answers which ones these are. */
  Set<Integer> send(Connection connection) throws SQLException {
    Set<Integer> digests = new TreeSet<>();
    if (parts.isEmpty()) {
      return digests;
    }
    try (PreparedStatement upsert = connection.prepareStatement(PART)) {
      for (Map.Entry<Part, Sum> entry : parts.entrySet()) {
        Part part = entry.getKey();
        Sum sum = entry.getValue();
        digests.add(part.digest());
        upsert.setInt(1, part.digest());
        upsert.setInt(2, part.edge());
        upsert.setString(3, part.rule());
        upsert.setInt(4, sum.priority);
        upsert.setLong(5, sum.raised);
        upsert.setLong(6, sum.events);
        upsert.setLong(7, sum.first);
        upsert.setLong(8, sum.last);
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    try (PreparedStatement update = connection.prepareStatement(UPDATED)) {
      update.setLong(1, arrivedMicros);
      update.setArray(2, connection.createArrayOf("int4", digests.toArray()));
      update.execute();
    }
    return digests;
  }

  private static SortedMap<String, SortedSet<Integer>> sites(
      Connection connection, Set<Integer> edges) throws SQLException {
    SortedMap<String, SortedSet<Integer>> sites = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(SITES)) {
      select.setArray(1, connection.createArrayOf("int4", edges.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sites.computeIfAbsent(rows.getString(2), _ -> new TreeSet<>()).add(rows.getInt(1));
        }
      }
    }
    return sites;
  }

  private int open(Connection connection, String site) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK);
        PreparedStatement find = connection.prepareStatement(OPEN);
        PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      lock.setString(1, site);
      lock.execute();
      find.setString(1, site);
      find.setLong(2, arrivedMicros - QUIET_MICROS);
      try (ResultSet open = find.executeQuery()) {
        if (open.next()) {
          return open.getInt(1);
        }
      }
      begin.setString(1, site);
      begin.setLong(2, arrivedMicros);
      try (ResultSet begun = begin.executeQuery()) {
        begun.next();
        return begun.getInt(1);
      }
    }
  }
}
