package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Kind;

/**
 * A series that a frame names, so that no frame needs another one to be understood (L1).
 *
 * @param name the path within the edge, {@code pump-7/flow}; in the grammar of series names
 * @param unit as people write it, {@code m³/h}; empty where unknown
 */
public record SeriesEntry(String name, Kind kind, String unit) {}
