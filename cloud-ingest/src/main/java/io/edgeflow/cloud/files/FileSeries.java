package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;

/**
 * A series that a file names.
 *
 * @param name within the edge
 * @param unit empty where the file does not say
 */
public record FileSeries(String edge, String name, Kind kind, String unit) {}
