package io.edgeflow.cloud.live;

import io.edgeflow.process.settings.Glob;
import java.util.List;

/** Which series a listener wants; no pattern means all. */
record SeriesFilter(List<Glob> globs) {
  static SeriesFilter of(List<String> patterns) {
    return new SeriesFilter(patterns.stream().map(Glob::parse).toList());
  }

  boolean wants(String path) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(path));
  }
}
