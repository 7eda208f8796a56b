package io.edgeflow.gateway.modbus;

/** How one read of a block ended. All of these are ordinary on a plant floor; callers switch. */
public sealed interface PollResult {
  /** Exactly the registers that were asked for. */
  record Values(Registers registers) implements PollResult {}

  /**
   * The device refused.
   *
   * @param code the exception code of the protocol, 1..255; 0 for one that the protocol does not
   *     know
   */
  record DeviceError(int code) implements PollResult {}

  /**
   * The device answered with another number of registers, or (0) with something else altogether.
   * Nothing in such an answer can be trusted.
   */
  record WrongCount(int expected, int answered) implements PollResult {}

  /**
   * Something came that is no answer to what was asked.
   *
   * @param detail what, for a person
   */
  record WrongAnswer(String detail) implements PollResult {}

  /** Connected, asked, and nothing came in time. */
  record TimedOut() implements PollResult {}

  /** The connection ended while an answer was awaited. */
  record HungUp(String detail) implements PollResult {}

  /** No connection could be made. */
  record Unreachable(String detail) implements PollResult {}
}
