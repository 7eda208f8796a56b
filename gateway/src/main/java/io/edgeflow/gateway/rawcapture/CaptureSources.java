package io.edgeflow.gateway.rawcapture;

import java.util.List;

/** Knows what a series was made of: of a score, the series that its model read. */
@FunctionalInterface
public interface CaptureSources {
  CaptureSources NONE = series -> List.of();

  /**
   * Must not wait.
   *
   * @return names; empty for what is measured
   */
  List<String> behind(String series);
}
