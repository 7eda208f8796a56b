package io.edgeflow.process.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110, section 14).
 *
 * @param from the first
 * @param to the one behind the last; not more than {@code from} if nothing is there
 */
record ByteRange(long from, long to) {
  private static final Pattern ONE = Pattern.compile("(?i)bytes=\\s*(\\d*)-(\\d*)\\s*");
  private static final int MOST_DIGITS = 18;

  /**
   * What a Range header asks for; empty if it is none that counts: then all is sent. So it is with
   * several ranges at once.
   *
   * @param length of what there is
   */
  static Optional<ByteRange> parse(String header, long length) {
    Matcher asked = ONE.matcher(header);
    if (!asked.matches()
        || asked.group(1).length() > MOST_DIGITS
        || asked.group(2).length() > MOST_DIGITS) {
      return Optional.empty();
    }
    String first = asked.group(1);
    String last = asked.group(2);
    if (first.isEmpty()) {
      return last.isEmpty()
          ? Optional.empty()
          : Optional.of(new ByteRange(Math.max(0, length - Long.parseLong(last)), length));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? length : Long.parseLong(last) + 1;
    return to <= from && !last.isEmpty()
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.min(to, length)));
  }

  /** Whether it holds no byte: what was asked for lies behind the end. */
  boolean isEmpty() {
    return from >= to;
  }

  /** As the Content-Range header says it. */
  String of(long length) {
    return "bytes %d-%d/%d".formatted(from, to - 1, length);
  }
}
