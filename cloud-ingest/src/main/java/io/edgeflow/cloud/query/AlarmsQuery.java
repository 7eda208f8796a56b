package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.store.AlarmDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what alarms are, and the digests of those that came too late. Stateless. */
final class AlarmsQuery {
  private static final String ALARMS =
      """
      select edge, site, alarm, coalesce(series, ''), rule, condition, limit_at, value, priority,
        state, (extract(epoch from raised) * 1000)::bigint,
        (extract(epoch from time) * 1000)::bigint, message, digest,
        (extract(epoch from cloud_acknowledged) * 1000)::bigint, cloud_ack_who, cloud_ack_why,
        count(*) over ()
      from edgeflow.alarm
      where %s
      order by case priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end,
        raised desc, edge collate "C", alarm
      limit ?
      """;

  private static final String LISTED =
      """
      state <> 'removed' and (? or state <> 'normal') and (? or digest is null)
        and (cardinality(?::text[]) = 0 or edge = any(?::text[]))
      """;

  private static final String DIGESTS =
      """
      where (? or acknowledged is null)
        and (cardinality(?::text[]) = 0 or edges && ?::text[])
      order by id desc limit 100
      """;

  private AlarmsQuery() {}

  /** Acknowledged in the cloud, which the edge does not know of. */
  record Acknowledged(String who, String why, long t) {
    static @Nullable Acknowledged of(
        @Nullable Long at, @Nullable String who, @Nullable String why) {
      return at == null
          ? null
          : new Acknowledged(Objects.requireNonNull(who), Objects.requireNonNull(why), at);
    }
  }

  /**
   * Times in milliseconds since the epoch.
   *
   * @param id for the cloud; the edge's own is what follows the colon
   * @param t of the event that says so
   * @param digest of late alarms in which that event is; absent if it came in time
   */
  record Alarm(
      String id,
      String edge,
      String site,
      String series,
      String rule,
      String condition,
      String limit,
      String value,
      String priority,
      String state,
      long raised,
      long t,
      String message,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String digest,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Acknowledged acknowledgedInCloud) {}

  /** See {@link AlarmDigest}. */
  record Digest(
      String id,
      String site,
      long opened,
      long updated,
      long alarms,
      long events,
      long from,
      long to,
      List<String> edges,
      List<Rule> rules,
      String priority,
      String severity,
      long standing,
      String message,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Acknowledged acknowledgedInCloud) {
    static Digest of(AlarmDigest digest) {
      return new Digest(
          digest.name(),
          digest.site(),
          digest.opened(),
          digest.updated(),
          digest.alarms(),
          digest.events(),
          digest.from(),
          digest.to(),
          digest.edges(),
          digest.rules().entrySet().stream()
              .map(rule -> new Rule(rule.getKey(), rule.getValue()))
              .toList(),
          digest.priority(),
          digest.severity().name().toLowerCase(Locale.ROOT),
          digest.standing(),
          digest.message(),
          Acknowledged.of(digest.acknowledged(), digest.who(), digest.why()));
    }
  }

  record Rule(String name, long alarms) {}

  /**
   * @param total how many there are
   * @param alarms the first of them
   */
  record Alarms(int total, List<Alarm> alarms) {}

  /**
   * @param all normal ones too
   * @param late each of those that came too late, too
   */
  static Alarms alarms(
      Connection connection, List<String> edges, boolean all, boolean late, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALARMS.formatted(LISTED))) {
      select.setBoolean(1, all);
      select.setBoolean(2, late);
      select.setArray(3, connection.createArrayOf("text", edges.toArray()));
      select.setArray(4, connection.createArrayOf("text", edges.toArray()));
      select.setInt(5, limit);
      return alarms(select);
    }
  }

  /** At most one. */
  static List<Alarm> alarm(Connection connection, String edge, String alarm) throws SQLException {
    String one = "edge = ? and alarm = ? and state <> 'removed'";
    try (PreparedStatement select = connection.prepareStatement(ALARMS.formatted(one))) {
      select.setString(1, edge);
      select.setString(2, alarm);
      select.setInt(3, 1);
      return alarms(select).alarms();
    }
  }

  /**
   * @param all acknowledged ones too
   */
  static List<Digest> digests(Connection connection, List<String> edges, boolean all)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AlarmDigest.SELECT + DIGESTS)) {
      select.setBoolean(1, all);
      select.setArray(2, connection.createArrayOf("text", edges.toArray()));
      select.setArray(3, connection.createArrayOf("text", edges.toArray()));
      return AlarmDigest.read(select).stream().map(Digest::of).toList();
    }
  }

  /** At most one. */
  static List<Digest> digest(Connection connection, int id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(AlarmDigest.SELECT + "where id = ?")) {
      select.setInt(1, id);
      return AlarmDigest.read(select).stream().map(Digest::of).toList();
    }
  }

  private static Alarms alarms(PreparedStatement select) throws SQLException {
    List<Alarm> found = new ArrayList<>();
    int total = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(alarm(rows));
        total = rows.getInt(18);
      }
    }
    return new Alarms(total, found);
  }

  private static Alarm alarm(ResultSet row) throws SQLException {
    Long digest = Cells.whole(row, 14);
    return new Alarm(
        row.getString(1) + ":" + row.getString(3),
        row.getString(1),
        row.getString(2),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getLong(11),
        row.getLong(12),
        row.getString(13),
        digest == null ? "" : "digest-" + digest,
        Acknowledged.of(Cells.whole(row, 15), row.getString(16), row.getString(17)));
  }
}
