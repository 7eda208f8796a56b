package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a question for hours where the first of them was touched. What is before comes out of the
 * roll-up as it is; what follows, mostly the hour that is not over, out of the windows themselves.
 * The view of hours says the same, but to plan it takes longer than to read a month. Stateless.
 */
final class Settled {
  /** More than this of windows is dearer than the view. */
  private static final long MOST = 6 * 3_600_000_000L;

  private static final String TOUCHED =
      """
      select (extract(epoch from min(t.hour)) * 1000000)::bigint
      from (select distinct source_edge_id as edge from series where id = any(?::int[])) e
      cross join lateral (
        select hour from rollup_touch where edge_id = e.edge and hour >= ? order by hour limit 1
      ) t
      having count(*) > 0
      """;

  private Settled() {}

  /**
   * @param ask for hours of series that are each what one source sends
   * @param kept before which hours may have come behind the horizon, which only the view knows
   */
  static List<WindowQuery.Ask> cut(Connection connection, WindowQuery.Ask ask, Source.Kept kept)
      throws SQLException {
    Span span = ask.span();
    if (span.from() < kept.windows()) {
      return List.of(ask);
    }
    Optional<Long> touched =
        Sql.first(
            connection,
            TOUCHED,
            row -> row.getLong(1),
            connection.createArrayOf("int4", ask.series().toArray()),
            Moments.time(span.from()));
    long until = Math.min(touched.orElse(span.to()), span.to());
    Source rest = span.to() - until <= MOST ? Source.WINDOWS : Source.HOURS;
    return List.of(
        with(ask, Source.HOURS, new Span(span.from(), until), true),
        with(ask, rest, new Span(until, span.to()), false));
  }

  private static WindowQuery.Ask with(
      WindowQuery.Ask ask, Source source, Span span, boolean settled) {
    return new WindowQuery.Ask(source, ask.series(), span, ask.grid(), ask.columns(), settled);
  }
}
