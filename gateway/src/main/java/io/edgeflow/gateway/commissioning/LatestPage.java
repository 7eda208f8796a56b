package io.edgeflow.gateway.commissioning;

import io.edgeflow.gateway.recorder.LatestReading;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The newest readings as a document, sorted by name.
 *
 * @param now when it was made, milliseconds since the epoch
 * @param total series that have a reading
 * @param matching those that the query wants
 */
record LatestPage(long now, int total, int matching, int offset, List<Row> readings) {
  /**
   * @param t event time, milliseconds since the epoch
   * @param age milliseconds since then; negative for a stamp ahead of the clock
   * @param valueAge milliseconds since the value was true last: more than the age where it is stale
   * @param value a number or a text; absent where the quality says that there is none
   */
  record Row(
      String series,
      String kind,
      String unit,
      long t,
      long age,
      long valueAge,
      @Nullable Object value,
      String quality) {}

  static LatestPage of(List<LatestReading> all, LatestQuery query, long nowMicros) {
    List<LatestReading> wanted =
        all.stream()
            .filter(reading -> query.wanted().test(reading.series()))
            .sorted(Comparator.comparing(LatestReading::series))
            .toList();
    List<Row> rows =
        wanted.stream()
            .skip(query.offset())
            .limit(query.limit())
            .map(reading -> row(reading, nowMicros))
            .toList();
    return new LatestPage(nowMicros / 1000, all.size(), wanted.size(), query.offset(), rows);
  }

  static Row row(LatestReading reading, long nowMicros) {
    return new Row(
        reading.series(),
        reading.kind().name().toLowerCase(Locale.ROOT),
        reading.unit(),
        reading.timeMicros() / 1000,
        (nowMicros - reading.timeMicros()) / 1000,
        (nowMicros - reading.knownMicros()) / 1000,
        value(reading),
        reading.quality().name().toLowerCase(Locale.ROOT));
  }

  private static @Nullable Object value(LatestReading reading) {
    return reading.text() == null ? (Object) reading.number() : reading.text();
  }
}
