package io.edgeflow.models.cloud;

/** Told from time to time how far long work has come, in words for people. */
@FunctionalInterface
public interface Progress {
  Progress SILENT = words -> {};

  void told(String words);

  /** What must not be missed. */
  default void warned(String words) {
    told(words);
  }
}
