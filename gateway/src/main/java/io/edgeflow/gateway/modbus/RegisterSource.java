package io.edgeflow.gateway.modbus;

/**
 * One device whose registers can be read and written. Connects when a read needs it and drops the
 * connection whenever an answer was missing or wrong, so that a late answer can never be taken for
 * the next one.
 *
 * <p>One thread reads and writes; {@link #close} may come from any.
 */
public interface RegisterSource extends AutoCloseable {
  /**
   * Reads one block; takes at most the device's time-out to connect and once more for the answer.
   */
  PollResult read(RegisterBlock block) throws InterruptedException;

  /**
   * Writes, and reads back if that is asked for; takes at most the device's time-out to connect and
   * once more for each answer.
   */
  WriteResult write(RegisterWrite write, boolean readBack) throws InterruptedException;

  /** Ends the connection, if there is one. A later read is {@code Unreachable}. */
  @Override
  void close();
}
