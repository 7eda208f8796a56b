package io.edgeflow.models.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.history.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads single readings in pages that a cloud answers at once. */
final class ReadingPages {
  private static final int PAGE = 50_000;

  /** More than this do not fit into memory. */
  private static final int MAX_READINGS = 20_000_000;

  private final PatientCloud cloud;
  private final Progress progress;
  private final List<GoldenReading> readings = new ArrayList<>();

  ReadingPages(PatientCloud cloud, Progress progress) {
    this.cloud = cloud;
    this.progress = progress;
  }

  History read(List<CloudSeries> series, Span span)
      throws IOException, InterruptedException, NoSuchHistoryException {
    for (List<CloudSeries> some : MinutePages.inGroups(series)) {
      long from = span.fromMicros();
      while (from < span.toMicros()) {
        from = page(some, from, span.toMicros());
        if (readings.size() > MAX_READINGS) {
          throw new NoSuchHistoryException(
              "there are more than %d readings: ask for a shorter time, or --grain minutes"
                  .formatted(MAX_READINGS));
        }
        progress.told("%d readings, up to %s".formatted(readings.size(), Span.text(from)));
      }
    }
    return History.of(readings);
  }

  /** Where the next page begins. */
  private long page(List<CloudSeries> series, long from, long to)
      throws IOException, InterruptedException {
    Map<String, SeriesName> names = CloudSeries.names(series);
    JsonNode answer =
        cloud.get(
            "/api/v1/raw?limit=%d&from=%s&to=%s%s"
                .formatted(PAGE, Span.text(from), Span.text(to), MinutePages.parameters(series)));
    List<GoldenReading> page = new ArrayList<>();
    for (JsonNode line : answer.path("series")) {
      SeriesName name = names.get(line.path("name").asText());
      for (JsonNode one : line.path("readings")) {
        if (name != null) {
          page.add(reading(name, one));
        }
      }
    }
    if (!answer.path("truncated").asBoolean()) {
      readings.addAll(page);
      return to;
    }
    return next(page, from);
  }

  /**
   * What is shown is complete up to its newest time, but of that time there may be more: it is read
   * again with the next page.
   */
  private long next(List<GoldenReading> page, long from) {
    long newest = page.stream().mapToLong(GoldenReading::timeMicros).max().orElse(from);
    if (newest == from) {
      readings.addAll(page);
      return from + 1;
    }
    page.stream().filter(one -> one.timeMicros() < newest).forEach(readings::add);
    return newest;
  }

  private static GoldenReading reading(SeriesName name, JsonNode one) {
    long time = one.path("t").asLong() * 1_000 + one.path("micros").asLong();
    double value = one.path("value").isNumber() ? one.path("value").asDouble() : Double.NaN;
    return new GoldenReading(name, time, value, quality(one));
  }

  static Quality quality(JsonNode of) {
    return Quality.valueOf(of.path("quality").asText("good").toUpperCase(Locale.ROOT));
  }
}
