package io.edgeflow.models.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minute;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.process.cli.CloudClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a cloud has stored of some series. Blocks; one thread. */
public final class CloudPast {
  private static final int PAGE = 5_000;
  private static final int SHOWN = 5;
  private static final Set<String> NUMBERS = Set.of("gauge", "counter");

  /** How many minutes are looked at to learn whether single readings were sent. */
  private static final int PROBES = 12;

  /** What part of the readings must have been sent one by one to be taken for all. */
  private static final double ENOUGH = 0.9;

  private final PatientCloud cloud;
  private final Progress progress;

  public CloudPast(CloudClient cloud, Progress progress) {
    this.cloud = new PatientCloud(cloud);
    this.progress = progress;
  }

  /**
   * The series that selectors mean.
   *
   * @param edge empty: all, of which no two may have a series of the same name
   * @throws NoSuchHistoryException if there is none for one of them
   */
  public List<CloudSeries> series(Collection<Selector> wanted, Optional<String> edge)
      throws IOException, InterruptedException, NoSuchHistoryException {
    Map<String, CloudSeries> found = new TreeMap<>();
    for (Selector selector : wanted) {
      int before = found.size();
      String pattern = edge.orElse("*") + "/" + selector.pattern().replace("{device}", "*");
      for (CloudSeries one : listed(pattern)) {
        if (selector.matches(one.name())) {
          found.put(one.path(), one);
        }
      }
      if (found.size() == before) {
        throw new NoSuchHistoryException(unknown(selector, edge));
      }
    }
    requireDifferent(found.values());
    return List.copyOf(found.values());
  }

  private List<CloudSeries> listed(String pattern) throws IOException, InterruptedException {
    List<CloudSeries> all = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          cloud.get(
              "/api/v1/series?match=%s&limit=%d&after=%s"
                  .formatted(PatientCloud.escaped(pattern), PAGE, PatientCloud.escaped(after)));
      for (JsonNode one : page.path("series")) {
        String edge = one.path("edge").asText();
        String name = one.path("name").asText().substring(edge.length() + 1);
        if (NUMBERS.contains(one.path("kind").asText()) && SeriesName.fault(name) == null) {
          all.add(new CloudSeries(edge, new SeriesName(name)));
        }
      }
      after = page.path("next").asText("");
    } while (!after.isEmpty());
    return all;
  }

  private String unknown(Selector selector, Optional<String> edge)
      throws IOException, InterruptedException {
    List<String> there =
        listed(edge.map(one -> one + "/*").orElse("*")).stream()
            .limit(SHOWN)
            .map(CloudSeries::toString)
            .toList();
    return "the cloud has no series of numbers "
        + selector
        + edge.map(one -> " at the edge " + one).orElse("")
        + (there.isEmpty() ? "; it has none there" : "; it has " + String.join(", ", there));
  }

  private static void requireDifferent(Collection<CloudSeries> found)
      throws NoSuchHistoryException {
    Map<SeriesName, String> edges = new HashMap<>();
    for (CloudSeries one : found) {
      String other = edges.putIfAbsent(one.name(), one.edge());
      if (other != null) {
        throw new NoSuchHistoryException(
            "%s is a series of the edges %s and %s: name one of them with --edge"
                .formatted(one.name(), other, one.edge()));
      }
    }
  }

  /** The minutes of some series that are over. */
  public Minutes minutes(List<CloudSeries> series, Span span)
      throws IOException, InterruptedException {
    return new MinutePages(cloud, progress).read(series, span);
  }

  /** The single readings of some series, as far as they were sent. */
  public History readings(List<CloudSeries> series, Span span)
      throws IOException, InterruptedException, NoSuchHistoryException {
    return new ReadingPages(cloud, progress).read(series, span);
  }

  /**
   * Whether the single readings of all these series were sent, and not only some around an alarm or
   * after a deadband: minutes here and there are held against the number of their readings.
   *
   * @param minutes of these series
   */
  public boolean hasReadings(List<CloudSeries> series, Minutes minutes)
      throws IOException, InterruptedException, NoSuchHistoryException {
    Map<SeriesName, List<Minute>> bySeries = new HashMap<>();
    for (Minute one : minutes.minutes()) {
      bySeries.computeIfAbsent(one.series(), _ -> new ArrayList<>()).add(one);
    }
    for (CloudSeries one : series) {
      if (!hasReadings(one, bySeries.getOrDefault(one.name(), List.of()))) {
        return false;
      }
    }
    return true;
  }

  private boolean hasReadings(CloudSeries series, List<Minute> minutes)
      throws IOException, InterruptedException, NoSuchHistoryException {
    long counted = 0;
    long sent = 0;
    int probes = Math.min(PROBES, minutes.size());
    for (int i = 0; i < probes; i++) {
      Minute one = minutes.get((int) ((long) i * minutes.size() / probes));
      counted += one.count();
      sent +=
          new ReadingPages(cloud, Progress.SILENT)
              .read(List.of(series), new Span(one.startMicros(), one.startMicros() + Minute.MICROS))
              .size();
    }
    return counted > 0 && sent >= ENOUGH * counted;
  }
}
