package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Windows that came when the chunk they belong to was compressed, or about to be: staged by
 * writers, and merged from here many at a time, because each visit to a compressed chunk is dear.
 * Readers see them in the one place or the other, never in both. Stateless.
 */
public final class LateWindows {
  /** Of one transaction. */
  private static final int MOST = 20_000;

  /** Those of a day lie in one chunk. */
  private static final Duration STRETCH = Duration.ofDays(1);

  private static final String OLDEST =
      "select min(time) from window_late where time >= ? and time < ? having count(*) > 0";

  /** One that a writer is adding to is left; it waits for nobody, so nobody waits in a circle. */
  private static final String MERGE =
      """
      with late as (
        delete from window_late where ctid = any(array(
          select ctid from window_late where time >= ? and time < ?
          order by series_id, time, length limit %d for update skip locked
        ))
        returning *
      )
      """
              .formatted(MOST)
          + WindowTable.merge(
              "sample_window", "(select * from late order by series_id, time, length) s");

  /** A server older than this limit has none. */
  private static final String UNLIMITED =
      """
      select set_config(name, '0', true) from pg_settings
      where name = 'timescaledb.max_tuples_decompressed_per_dml_transaction'
      """;

  private LateWindows() {}

  /**
   * Merges the oldest, at most 20 000 of them and a day's, within the connection's transaction.
   *
   * @param from older ones are not to be merged any more
   * @param to younger ones may still be written to their table directly
   * @return how many windows
   */
  public static int merge(Connection connection, Instant from, Instant to) throws SQLException {
    Optional<Instant> oldest =
        Sql.first(
            connection,
            OLDEST,
            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
            from,
            to);
    if (oldest.isEmpty()) {
      return 0;
    }
    Instant day = oldest.get().truncatedTo(ChronoUnit.DAYS);
    Instant end = day.plus(STRETCH).isBefore(to) ? day.plus(STRETCH) : to;
    Sql.rows(connection, UNLIMITED, row -> "");
    try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
      merge.setObject(1, OffsetDateTime.ofInstant(oldest.get(), ZoneOffset.UTC));
      merge.setObject(2, OffsetDateTime.ofInstant(end, ZoneOffset.UTC));
      return merge.executeUpdate();
    }
  }
}
