package io.edgeflow.gateway.modbus;

/** How a write ended. All of these are ordinary on a plant floor; callers switch. */
public sealed interface WriteResult {
  /**
   * The device confirmed it.
   *
   * @param readBack what it then said it holds; empty if it was not asked
   */
  record Written(String readBack) implements WriteResult {}

  /** The device confirmed it, and then said that it holds something else. */
  record Differs(String readBack) implements WriteResult {}

  /**
   * The device refused.
   *
   * @param code the exception code of the protocol; 0 for one that the protocol does not know
   */
  record DeviceError(int code) implements WriteResult {}

  /** It answered something else altogether: whether it wrote is not known. */
  record WrongAnswer() implements WriteResult {}

  /** Nothing came in time: whether it wrote is not known. */
  record TimedOut() implements WriteResult {}

  /** Nobody wanted it any more when its turn came: nothing was tried. */
  record Lapsed() implements WriteResult {}

  /** No connection, or it ended while an answer was awaited. */
  record Unreachable(String detail) implements WriteResult {}
}
