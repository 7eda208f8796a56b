package io.edgeflow.gateway.modbus.line;

import java.io.IOException;

/** An open connection as bytes. One thread; {@link #close} from any, which ends a read at once. */
interface Wire extends AutoCloseable {
  void write(byte[] bytes) throws IOException;

  /**
   * Fills part of an array.
   *
   * @param deadlineNanos of {@link System#nanoTime}
   * @throws java.net.SocketTimeoutException if it is not full by then
   * @throws java.io.EOFException if the other side ended the connection
   */
  void read(byte[] into, int from, int count, long deadlineNanos) throws IOException;

  /** Until a deadline, in milliseconds: whole ones, so that none ends early. */
  static long millisUntil(long deadlineNanos) {
    return Math.ceilDiv(deadlineNanos - System.nanoTime(), 1_000_000L);
  }

  /** Throws away what came unasked. */
  void drain() throws IOException;

  @Override
  void close();
}
