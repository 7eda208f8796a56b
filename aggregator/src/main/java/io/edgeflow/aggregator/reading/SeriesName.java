package io.edgeflow.aggregator.reading;

import org.jspecify.annotations.Nullable;

/**
 * The name of a series at its edge: {@code <device>/<point...>}, for example {@code pump-7/flow}.
 *
 * <p>The grammar, which is the same at both ends:
 *
 * <ul>
 *   <li>{@value #MIN_LEVELS} to {@value #MAX_LEVELS} levels, separated by {@code /};
 *   <li>a level has 1 to {@value #MAX_LEVEL_CHARS} characters (code points), the whole at most
 *       {@value #MAX_BYTES} bytes of UTF-8;
 *   <li>a character is a letter or decimal digit of any script, one of {@value #PUNCTUATION}, or a
 *       blank between two others. No control, format or combining characters, no invisible filler
 *       letters, no {@code * + # , "} and backslash: nothing that a topic filter, a pattern or a
 *       table would read as more than a name;
 *   <li>no level starts with {@code $}, starts or ends with a blank, or is {@code .} or {@code ..}.
 * </ul>
 *
 * <p>Names are compared character by character: {@code Flow} and {@code flow} are two series.
 */
public record SeriesName(String path) {
  public static final int MIN_LEVELS = 2;
  public static final int MAX_LEVELS = 10;
  public static final int MAX_LEVEL_CHARS = 64;
  public static final int MAX_BYTES = 200;
  public static final String PUNCTUATION = "-_.:@%()[]~=$°";

  private static final boolean[] PLAIN = plainAscii();

  /**
   * @throws IllegalArgumentException naming the fault, if the path breaks the grammar
   */
  public SeriesName {
    String fault = fault(path);
    if (fault != null) {
      throw new IllegalArgumentException("series name " + fault);
    }
  }

  /** The first level: the device that the series belongs to. */
  public String device() {
    return path.substring(0, path.indexOf('/'));
  }

  /** Everything after the device. */
  public String point() {
    return path.substring(path.indexOf('/') + 1);
  }

  @Override
  public String toString() {
    return path;
  }

  /**
   * What is wrong with a path, in words that never repeat its characters, or null if it is a series
   * name. Allocates nothing for a good ASCII name.
   */
  public static @Nullable String fault(CharSequence path) {
    int length = path.length();
    if (length > MAX_BYTES) {
      return "is longer than " + MAX_BYTES + " bytes";
    }
    int levels = 1;
    int levelStart = 0;
    int bytes = 0;
    for (int at = 0; at < length; ) {
      char c = path.charAt(at);
      if (c == '/') {
        String fault = levelFault(path, levelStart, at);
        if (fault != null) {
          return fault;
        }
        levels++;
        levelStart = at + 1;
        bytes++;
        at++;
      } else if (c < 0x80) {
        if (!PLAIN[c]) {
          return "has a character that is not allowed (U+%04X)".formatted((int) c);
        }
        bytes++;
        at++;
      } else {
        int codePoint = Character.codePointAt(path, at);
        if (!allowedBeyondAscii(codePoint)) {
          return "has a character that is not allowed (U+%04X)".formatted(codePoint);
        }
        bytes += codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        at += Character.charCount(codePoint);
      }
    }
    String fault = levelFault(path, levelStart, length);
    if (fault != null) {
      return fault;
    }
    return wholeFault(levels, bytes);
  }

  private static @Nullable String wholeFault(int levels, int bytes) {
    if (bytes > MAX_BYTES) {
      return "is longer than " + MAX_BYTES + " bytes";
    }
    if (levels < MIN_LEVELS || levels > MAX_LEVELS) {
      return "has " + levels + " levels, not " + MIN_LEVELS + " to " + MAX_LEVELS;
    }
    return null;
  }

  private static @Nullable String levelFault(CharSequence path, int from, int to) {
    if (from == to) {
      return "has an empty level";
    }
    if (path.charAt(from) == ' ' || path.charAt(to - 1) == ' ') {
      return "has a level that starts or ends with a blank";
    }
    if (path.charAt(from) == '$') {
      return "has a level that starts with $";
    }
    if (path.charAt(from) == '.'
        && (to - from == 1 || (to - from == 2 && path.charAt(from + 1) == '.'))) {
      return "has a level that is . or ..";
    }
    if (to - from > MAX_LEVEL_CHARS && Character.codePointCount(path, from, to) > MAX_LEVEL_CHARS) {
      return "has a level longer than " + MAX_LEVEL_CHARS + " characters";
    }
    return null;
  }

  private static boolean allowedBeyondAscii(int codePoint) {
    return codePoint == '°' || (Character.isLetterOrDigit(codePoint) && !isFiller(codePoint));
  }

  /** The Hangul fillers are letters to Unicode, and nothing at all to the eye. */
  private static boolean isFiller(int codePoint) {
    return codePoint == 0x115F || codePoint == 0x1160 || codePoint == 0x3164 || codePoint == 0xFFA0;
  }

  private static boolean[] plainAscii() {
    boolean[] plain = new boolean[0x80];
    for (int c = 0; c < plain.length; c++) {
      plain[c] = c == ' ' || Character.isLetterOrDigit(c) || PUNCTUATION.indexOf(c) >= 0;
    }
    return plain;
  }
}
