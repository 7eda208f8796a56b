package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/latest}: the newest value of some series, out of their newest window. */
final class LatestHandler implements Handler {
  static final int MAX_SERIES = 2_000;

  /** Most series have something newer, and then one or two partitions answer. */
  private static final Duration RECENT = Duration.ofDays(2);

  private final Reads reads;
  private final InstantSource clock;

  LatestHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * @param now the server's clock, for ages
   */
  record Latest(long now, List<Item> series) {}

  /**
   * @param t when the value was measured
   * @param value a number, a text, or null where no reading of the newest windows carries one
   */
  record Item(
      String name,
      String kind,
      String unit,
      long t,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object value,
      String quality) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    new Parameters(request, "series");
    List<String> asked = request.all("series");
    List<SeriesPattern> patterns =
        (asked.isEmpty() ? List.of("*") : asked)
            .stream().map(text -> SeriesPattern.parse("series", text)).toList();
    return Answer.json(reads.ask(connection -> latest(connection, patterns)));
  }

  private Latest latest(Connection connection, List<SeriesPattern> patterns) throws SQLException {
    Map<Integer, SeriesRow> missing = new TreeMap<>();
    SeriesQuery.all(connection, patterns, MAX_SERIES).forEach(row -> missing.put(row.id(), row));
    Map<Integer, Visible> joined =
        Visible.read(connection, List.copyOf(missing.values()), Span.EVER, true);
    Map<String, Item> found = new TreeMap<>();
    long recent = Moments.micros(clock.instant().minus(RECENT));
    for (long since : new long[] {recent, 0}) {
      Map<Integer, SeriesRow> sources = sources(missing, joined);
      for (LatestQuery.Newest newest : newest(connection, sources, since)) {
        SeriesRow row = sources.get(newest.series());
        if (row != null && shows(joined.get(row.id()), newest)) {
          missing.remove(row.id());
          found.merge(row.path(), item(row, newest), (a, b) -> a.t() < b.t() ? b : a);
        }
      }
    }
    return new Latest(clock.millis(), List.copyOf(found.values()));
  }

  private List<LatestQuery.Newest> newest(
      Connection connection, Map<Integer, SeriesRow> sources, long since) throws SQLException {
    return LatestQuery.read(connection, sources, since, Moments.micros(clock.instant()));
  }

  /** Of what the rows of these series are, by their ids. */
  private static Map<Integer, SeriesRow> sources(
      Map<Integer, SeriesRow> series, Map<Integer, Visible> joined) {
    Map<Integer, SeriesRow> sources = new TreeMap<>();
    for (SeriesRow row : series.values()) {
      Visible visible = joined.get(row.id());
      List<Integer> ids = visible == null ? List.of(row.id()) : visible.sources();
      ids.forEach(id -> sources.put(id, row));
    }
    return sources;
  }

  private static boolean shows(@Nullable Visible visible, LatestQuery.Newest newest) {
    return visible == null || visible.shows(newest.series(), newest.t() * 1000);
  }

  private static Item item(SeriesRow row, LatestQuery.Newest newest) {
    return new Item(
        row.path(), row.kindWord(), row.unit(), newest.t(), newest.value(), newest.quality());
  }
}
