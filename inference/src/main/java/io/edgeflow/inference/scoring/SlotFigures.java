package io.edgeflow.inference.scoring;

import io.edgeflow.inference.slot.ComparisonReport.CallTimes;
import io.edgeflow.inference.slot.SlotState;

/**
 * How a slot does.
 *
 * @param scored rows that have a score, since the slot was made
 * @param errors rows for which the model gave none
 * @param withheld times for which readings made no row
 * @param service of the serving model
 * @param lastError empty if there was none since then
 */
public record SlotFigures(
    String slot,
    SlotState state,
    long scored,
    long errors,
    long withheld,
    ServiceFigures service,
    String lastError) {
  /** Of calls since the serving model began to serve. */
  public CallTimes times() {
    return service.times();
  }
}
