package io.edgeflow.lab.slaves;

import java.time.Duration;

/**
 * How a line behaves, whoever is asked on it.
 *
 * @param sessions connections at once; one more is hung up on at once
 * @param closeAfter requests of one connection after which it ends; 0 for never
 * @param baud the speed of the serial line behind it: one exchange at a time, and each takes as
 *     long as its characters of 11 bits and the silences around them; 0 for none
 * @param nobody how a unit that is not there is answered for: an exception, 10 or 11 with most
 *     gateways; 0 for silence
 */
public record LineHabits(int sessions, int closeAfter, int baud, int nobody) {
  private static final int BITS_OF_A_CHARACTER = 11;
  private static final double SILENCE_CHARACTERS = 3.5;

  /** Above this speed the silence stays as long as it is here. */
  private static final int FASTEST_SILENCE = 19_200;

  /** As many connections as want to, as fast as they can. */
  public static final LineHabits EASY = new LineHabits(Integer.MAX_VALUE, 0, 0, 0);

  public LineHabits {
    if (sessions < 0 || closeAfter < 0 || baud < 0 || nobody < 0 || nobody > 255) {
      throw new IllegalArgumentException("no line is like that");
    }
  }

  public LineHabits withSessions(int most) {
    return new LineHabits(most, closeAfter, baud, nobody);
  }

  public LineHabits withCloseAfter(int requests) {
    return new LineHabits(sessions, requests, baud, nobody);
  }

  public LineHabits withBaud(int bitsPerSecond) {
    return new LineHabits(sessions, closeAfter, bitsPerSecond, nobody);
  }

  public LineHabits withNobody(int exception) {
    return new LineHabits(sessions, closeAfter, baud, exception);
  }

  boolean isSerial() {
    return baud > 0;
  }

  /** How long a frame of so many bytes takes, with the silence that ends it. */
  Duration onTheWire(int bytes) {
    if (baud == 0) {
      return Duration.ZERO;
    }
    double bits = bytes * (double) BITS_OF_A_CHARACTER / baud;
    double silence = SILENCE_CHARACTERS * BITS_OF_A_CHARACTER / Math.min(baud, FASTEST_SILENCE);
    return Duration.ofNanos(Math.round((bits + silence) * 1e9));
  }
}
