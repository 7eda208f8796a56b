package io.edgeflow.process.settings;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written {@code 64MiB}, {@code 4GB} or {@code 4096}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
  private static final String[] BINARY = {"TiB", "GiB", "MiB", "KiB"};
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kib",
          1L << 10,
          "mib",
          1L << 20,
          "gib",
          1L << 30,
          "tib",
          1L << 40,
          "kb",
          1_000L,
          "mb",
          1_000_000L,
          "gb",
          1_000_000_000L,
          "tb",
          1_000_000_000_000L);

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative: " + bytes);
    }
  }

  /**
   * @throws IllegalArgumentException naming the rule that the text breaks
   */
  public static ByteSize parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    Long unit = form.matches() ? UNITS.get(form.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("must be a size such as 64MiB (B, KiB, MiB, GiB, TiB)");
    }
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(form.group(1)), unit));
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("is larger than any disk", tooLarge);
    }
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest unit that states it exactly. */
  @Override
  public String toString() {
    long unit = 1L << 40;
    for (String name : BINARY) {
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + name;
      }
      unit >>= 10;
    }
    return bytes + "B";
  }
}
