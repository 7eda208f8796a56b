package io.edgeflow.lab.sim;

/**
 * How a sensor says its readings, and what the edge can know about them when it says them again.
 */
public enum PayloadForm {
  /** {@code {"value":21.5,"ts":1763672400000}}, every stamp of a series a new one. */
  JSON(true),
  /** Two readings within one millisecond, told apart by ISO-8601 stamps in microseconds. */
  SAME_MILLISECOND(true),
  /** Two readings of one stamp with different values. */
  SAME_STAMP(true),
  /** A bare number: no stamp, so a repetition cannot be recognised. */
  BARE(false),
  /** All points of a device in one message, {@code {"ts":…,"values":{…}}}. */
  TOGETHER(true);

  private final boolean stamped;

  PayloadForm(boolean stamped) {
    this.stamped = stamped;
  }

  /** Whether a reading that is sent again is recognised, and counted once. */
  public boolean stamped() {
    return stamped;
  }
}
