package io.edgeflow.aggregator.window;

/** Is told of open windows. May take the window it is told of, and no other. */
@FunctionalInterface
public interface DueSink {
  /**
   * @param startMicros the start of the open window, microseconds since the epoch
   */
  void due(int series, long startMicros);
}
