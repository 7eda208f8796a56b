package io.edgeflow.cloud.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.wire.frame.EventSeverity;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a site that arrived too late to be news, as one entry. Times in milliseconds.
 *
 * @param opened when the first of it arrived
 * @param updated when the last of it arrived
 * @param alarms how often one was raised
 * @param events all that is gathered here: raised, returned, acknowledged
 * @param from when the first of it happened
 * @param to when the last of it happened
 * @param edges by name
 * @param rules how often each rule raised one; the 50 most frequent
 * @param priority the worst
 * @param standing alarms that still are as the last event here says, and not normal
 * @param acknowledged null if nobody did
 */
public record AlarmDigest(
    int id,
    String site,
    long opened,
    long updated,
    long alarms,
    long events,
    long from,
    long to,
    List<String> edges,
    SortedMap<String, Long> rules,
    String priority,
    long standing,
    @Nullable Long acknowledged,
    String who,
    String why) {
  /** From the least to the worst. */
  static final List<String> PRIORITIES = List.of("low", "medium", "high", "critical");

  public static final String TYPE = "alarm-digest";

  private static final int SHOWN_EDGES = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The columns that {@link #read} takes; conditions may follow. */
  public static final String SELECT =
      """
      select id, site, (extract(epoch from opened) * 1000)::bigint,
        (extract(epoch from updated) * 1000)::bigint, alarms, events,
        (extract(epoch from first_time) * 1000)::bigint,
        (extract(epoch from last_time) * 1000)::bigint, edges, rules::text, worst, standing,
        (extract(epoch from acknowledged) * 1000)::bigint, ack_who, ack_why
      from edgeflow.alarm_digest
      """;

  /** All that the statement finds. */
  public static List<AlarmDigest> read(PreparedStatement select) throws SQLException {
    List<AlarmDigest> found = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(of(rows));
      }
    }
    return found;
  }

  private static AlarmDigest of(ResultSet row) throws SQLException {
    long at = row.getLong(13);
    Long acknowledged = row.wasNull() ? null : at;
    return new AlarmDigest(
        row.getInt(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        List.of((String[]) row.getArray(9).getArray()),
        rules(row.getString(10)),
        PRIORITIES.get(row.getInt(11)),
        row.getLong(12),
        acknowledged,
        row.getString(14),
        row.getString(15));
  }

  private static SortedMap<String, Long> rules(String json) {
    SortedMap<String, Long> rules = new TreeMap<>();
    try {
      for (var rule : JSON.readTree(json).properties()) {
        JsonNode count = rule.getValue();
        rules.put(rule.getKey(), count.asLong());
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return rules;
  }

  /** What events and people call it. */
  public String name() {
    return "digest-" + id;
  }

  /** As alarms of this priority are told. */
  public EventSeverity severity() {
    return priority.equals("low") ? EventSeverity.WARNING : EventSeverity.ALARM;
  }

  public String message() {
    return "%d alarms of %d %s of site %s came too late to act on, from %s to %s; the worst is %s"
        .formatted(
            alarms,
            edges.size(),
            edges.size() == 1 ? "edge" : "edges",
            site.isEmpty() ? "-" : site,
            Instant.ofEpochMilli(from),
            Instant.ofEpochMilli(to),
            priority);
  }

  /** As the details of events are: texts. */
  public SortedMap<String, String> detail() {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("site", site);
    detail.put("alarms", Long.toString(alarms));
    detail.put("events", Long.toString(events));
    detail.put("from", Long.toString(from));
    detail.put("to", Long.toString(to));
    detail.put("priority", priority);
    detail.put("edges", Integer.toString(edges.size()));
    detail.put("edge", String.join(", ", edges.subList(0, Math.min(SHOWN_EDGES, edges.size()))));
    rules.forEach((rule, count) -> detail.put("alarms." + rule, Long.toString(count)));
    return detail;
  }

  static int priority(@Nullable String word) {
    int code = PRIORITIES.indexOf(word == null ? "" : word.toLowerCase(Locale.ROOT));
    return Math.max(0, code);
  }
}
