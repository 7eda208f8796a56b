package io.edgeflow.gateway.buffer;

import io.edgeflow.process.settings.Glob;
import java.util.List;

/**
 * Which rows are written out.
 *
 * @param series empty for all of them
 * @param fromMicros of the row's beginning
 * @param toMicros before this
 */
record RowFilter(List<Glob> series, long fromMicros, long toMicros) {
  boolean admits(String name, long micros) {
    return micros >= fromMicros
        && micros < toMicros
        && (series.isEmpty() || series.stream().anyMatch(pattern -> pattern.matches(name)));
  }
}
