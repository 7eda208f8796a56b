package io.edgeflow.gateway.modbus;

import java.time.Duration;

/**
 * One connection to the units behind it: a TCP endpoint, a converter, a serial bus. Connects when a
 * request needs it, and drops the connection whenever an answer could be taken for the next one.
 *
 * <p>One thread asks, one request at a time; {@link #close} may come from any.
 */
public interface ModbusLine extends AutoCloseable {
  /**
   * Reads registers or bits; takes at most the line's time-out to connect and once more for the
   * answer.
   *
   * @param unit whom to ask, 0..255
   */
  PollResult read(int unit, RegisterBlock block) throws InterruptedException;

  /**
   * Writes, and reads back if that is asked for; takes at most the line's time-out to connect and
   * once more for each answer.
   *
   * @param unit whom to tell, 0..255
   */
  WriteResult write(int unit, RegisterWrite write, boolean readBack) throws InterruptedException;

  /**
   * How long a unit that did not answer is to be left alone, because its answer may still come and
   * could be taken for the next one; zero where that is known. Whoever asks it sooner waits.
   */
  Duration rest();

  /** Ends the connection, if there is one. A later request is {@code Unreachable}. */
  @Override
  void close();
}
