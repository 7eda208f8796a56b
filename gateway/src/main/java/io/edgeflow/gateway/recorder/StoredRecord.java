package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.LogPosition;

/**
 * Where a record of the journal lies.
 *
 * @param number its log number
 * @param readings how many were decided with it; 0 for everything but messages
 */
public record StoredRecord(long number, LogPosition position, int readings) {
  /** Is shown one after the other. */
  @FunctionalInterface
  public interface Visitor {
    void record(StoredRecord record);
  }
}
