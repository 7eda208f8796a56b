package io.edgeflow.models.cloud;

import io.edgeflow.aggregator.reading.SeriesName;

/**
 * A series of numbers, as a cloud knows it.
 *
 * @param edge that sends it
 * @param name at that edge
 */
public record CloudSeries(String edge, SeriesName name) {
  String path() {
    return edge + "/" + name.path();
  }

  @Override
  public String toString() {
    return path();
  }
}
