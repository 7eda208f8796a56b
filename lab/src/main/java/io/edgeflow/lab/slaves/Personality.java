package io.edgeflow.lab.slaves;

import java.time.Duration;

/**
 * How a unit behaves.
 *
 * @param delay before it answers, 0 or more
 * @param largestBlock registers that it reads at once, 1..125, or sixteen times as many bits; more
 *     are refused
 * @param blockRefusal the exception that says so, 1..255
 * @param exception that answers every request; 0 for none
 * @param swapped the two registers of each pair are exchanged: floats that lie at even addresses
 *     come as CDAB
 * @param reply what becomes of its answers
 * @param every it is like that at each so many-th request, and healthy at the others; 1 for always
 */
public record Personality(
    Duration delay,
    int largestBlock,
    int blockRefusal,
    int exception,
    boolean swapped,
    Reply reply,
    int every) {
  /** What one answer of the protocol holds. */
  public static final int MOST_REGISTERS = 125;

  /** Answers at once, and right. */
  public static final Personality HEALTHY =
      new Personality(
          Duration.ZERO, MOST_REGISTERS, RefusedException.VALUE, 0, false, Reply.HONEST, 1);

  public Personality {
    check(!delay.isNegative(), "a delay is 0 or more");
    check(largestBlock >= 1 && largestBlock <= MOST_REGISTERS, "a block has 1 to 125 registers");
    check(blockRefusal >= 1 && blockRefusal <= 255, "an exception is 1 to 255");
    check(exception >= 0 && exception <= 255, "an exception is 1 to 255");
    check(every >= 1, "a fault comes at each request, or less often");
  }

  private static void check(boolean good, String rule) {
    if (!good) {
      throw new IllegalArgumentException(rule);
    }
  }

  public static Personality slow(Duration delay) {
    return HEALTHY.withDelay(delay);
  }

  /** Never answers. */
  public static Personality dead() {
    return HEALTHY.withReply(Reply.SILENT);
  }

  /** Refuses blocks of more registers with that exception, 2 or 3 with most devices. */
  public static Personality small(int largestBlock, int refusal) {
    return HEALTHY.withLargestBlock(largestBlock, refusal);
  }

  /** Answers every request with that exception. */
  public static Personality refusing(int exception) {
    return HEALTHY.withException(exception);
  }

  public Personality withDelay(Duration other) {
    return new Personality(other, largestBlock, blockRefusal, exception, swapped, reply, every);
  }

  public Personality withLargestBlock(int most, int refusal) {
    return new Personality(delay, most, refusal, exception, swapped, reply, every);
  }

  public Personality withException(int code) {
    return new Personality(delay, largestBlock, blockRefusal, code, swapped, reply, every);
  }

  public Personality withSwapped(boolean other) {
    return new Personality(delay, largestBlock, blockRefusal, exception, other, reply, every);
  }

  public Personality withReply(Reply other) {
    return new Personality(delay, largestBlock, blockRefusal, exception, swapped, other, every);
  }

  public Personality withEvery(int requests) {
    return new Personality(delay, largestBlock, blockRefusal, exception, swapped, reply, requests);
  }
}
