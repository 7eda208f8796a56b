package io.edgeflow.models.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.models.history.Minute;
import io.edgeflow.models.history.Minutes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads minutes in pages that a cloud answers at once. */
final class MinutePages {
  /** 10 000 points of a series, of at most 11 000. */
  private static final long PAGE_MICROS = 10_000 * Minute.MICROS;

  /** 200 000 points in all, of at most 250 000. */
  private static final int MOST_SERIES = 20;

  /** Their names make an address, which must not be longer than some thousand characters. */
  private static final int MOST_CHARACTERS = 2_000;

  private final PatientCloud cloud;
  private final Progress progress;
  private final List<Minute> minutes = new ArrayList<>();
  private long longer;

  MinutePages(PatientCloud cloud, Progress progress) {
    this.cloud = cloud;
    this.progress = progress;
  }

  Minutes read(List<CloudSeries> series, Span span) throws IOException, InterruptedException {
    long end = span.endOfMinutes();
    for (long from = span.firstMinute(); from < end; from += PAGE_MICROS) {
      long to = Math.min(end, from + PAGE_MICROS);
      for (List<CloudSeries> some : inGroups(series)) {
        page(some, from, to);
      }
      progress.told("%d minutes, up to %s".formatted(minutes.size(), Span.text(to)));
    }
    if (longer > 0) {
      progress.warned(longer + " windows are longer than a minute and were left out");
    }
    return Minutes.of(minutes);
  }

  private void page(List<CloudSeries> series, long from, long to)
      throws IOException, InterruptedException {
    Map<String, SeriesName> names = CloudSeries.names(series);
    JsonNode answer =
        cloud.get(
            "/api/v1/data?step=1m&from=%d&to=%d%s"
                .formatted(from / 1_000, to / 1_000, parameters(series)));
    for (JsonNode line : answer.path("series")) {
      SeriesName name = names.get(line.path("name").asText());
      for (JsonNode point : line.path("points")) {
        if (name != null) {
          add(name, point);
        }
      }
    }
  }

  private void add(SeriesName name, JsonNode point) {
    if (point.path("span").asLong() != Minute.MICROS / 1_000) {
      longer++;
      return;
    }
    minutes.add(
        new Minute(
            name,
            point.path("t").asLong() * 1_000,
            point.path("count").asLong(),
            number(point, "min"),
            number(point, "max"),
            number(point, "mean"),
            number(point, "first"),
            number(point, "last"),
            ReadingPages.quality(point)));
  }

  private static double number(JsonNode point, String key) {
    return point.path(key).asDouble(Double.NaN);
  }

  static String parameters(List<CloudSeries> series) {
    return series.stream()
        .map(one -> "&series=" + PatientCloud.escaped(one.path()))
        .collect(Collectors.joining());
  }

  static List<List<CloudSeries>> inGroups(List<CloudSeries> series) {
    List<List<CloudSeries>> groups = new ArrayList<>();
    for (CloudSeries one : series) {
      boolean fits =
          !groups.isEmpty()
              && groups.getLast().size() < MOST_SERIES
              && parameters(groups.getLast()).length() < MOST_CHARACTERS;
      if (!fits) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(one);
    }
    return groups;
  }
}
