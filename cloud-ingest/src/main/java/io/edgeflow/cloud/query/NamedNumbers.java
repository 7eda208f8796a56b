package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.ledger.Numbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a lane that are not committed, by name: what is gone is named.
 *
 * @param fate {@code superseded}, {@code refused}, {@code conflict}, {@code dropped}, {@code lost},
 *     {@code missing}, or {@code contested}, whose numbers are committed with other content
 * @param frames how many
 * @param readings that they carry together
 * @param updated when the last of them was recorded, milliseconds since the epoch; null for missing
 *     ones
 * @param ranges from the first to the last number, both included
 * @param more whether there are further ranges, which are not shown
 */
record NamedNumbers(
    String edge,
    String incarnation,
    String lane,
    String fate,
    String reason,
    long frames,
    long readings,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long updated,
    List<long[]> ranges,
    boolean more) {
  /** Of one fate and reason: a lane that lost every other frame must not fill the memory. */
  static final int MAX_RANGES = 1_000;

  private static final String FATES =
      """
      select fate, reason, numbers::text, readings,
        (extract(epoch from updated) * 1000)::bigint
      from frame_fate where ledger_id = ? order by fate, reason
      """;

  private static final String CONTESTED =
      """
      select 'contested', '', coalesce(range_agg(int8range(number, number, '[]')), '{}')::text,
        coalesce(sum(readings), 0)::bigint, (extract(epoch from max(at)) * 1000)::bigint
      from frame_conflict where ledger_id = ?
      """;

  private static final String COMMITTED =
      """
      select (above + case when low_water > 0 then int8multirange(int8range(1, low_water, '[]'))
        else '{}' end)::text
      from frame_ledger where id = ?
      """;

  static List<NamedNumbers> of(Connection connection, LaneRow row) throws SQLException {
    List<NamedNumbers> named = new ArrayList<>();
    Numbers missing = missing(connection, row);
    for (String query : List.of(FATES, CONTESTED)) {
      try (PreparedStatement select = connection.prepareStatement(query)) {
        select.setInt(1, row.id());
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            Numbers numbers = Numbers.parse(found.getString(3));
            if (!numbers.isEmpty()) {
              named.add(
                  of(row, found.getString(1), found.getString(2), found.getLong(4), numbers)
                      .at(found.getLong(5)));
            }
            missing.removeAll(numbers);
          }
        }
      }
    }
    if (!missing.isEmpty()) {
      named.add(of(row, "missing", "", row.account().missing().readings(), missing));
    }
    return named;
  }

  private static Numbers missing(Connection connection, LaneRow row) throws SQLException {
    Numbers missing = new Numbers();
    if (row.highest() > 0) {
      missing.add(new Numbers.Range(1, row.highest()));
    }
    try (PreparedStatement select = connection.prepareStatement(COMMITTED)) {
      select.setInt(1, row.id());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        missing.removeAll(Numbers.parse(found.getString(1)));
      }
    }
    return missing;
  }

  private static NamedNumbers of(
      LaneRow row, String fate, String reason, long readings, Numbers numbers) {
    return new NamedNumbers(
        row.edge(),
        row.incarnation(),
        row.lane().word(),
        fate,
        reason,
        numbers.size(),
        readings,
        null,
        numbers.ranges().stream()
            .limit(MAX_RANGES)
            .map(range -> new long[] {range.from(), range.to()})
            .toList(),
        numbers.ranges().size() > MAX_RANGES);
  }

  private NamedNumbers at(long millis) {
    return new NamedNumbers(
        edge, incarnation, lane, fate, reason, frames, readings, millis, ranges, more);
  }
}
