package io.edgeflow.models.cloud;

import io.edgeflow.aggregator.reading.SeriesName;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A series of numbers, as a cloud knows it.
 *
 * @param edge that sends it
 * @param name at that edge
 */
public record CloudSeries(String edge, SeriesName name) {
  /** The names at their edges, by the names in the cloud. */
  static Map<String, SeriesName> names(Collection<CloudSeries> series) {
    return series.stream().collect(Collectors.toMap(CloudSeries::path, CloudSeries::name));
  }

  String path() {
    return edge + "/" + name.path();
  }

  @Override
  public String toString() {
    return path();
  }
}
