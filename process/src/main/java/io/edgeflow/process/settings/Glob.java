package io.edgeflow.process.settings;

/**
 * A pattern for series names: {@code *} stands for any characters, slashes too, {@code ?} for one.
 * Matching takes no more steps than the product of both lengths, whatever the pattern.
 */
public record Glob(String pattern) {
  public Glob {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException("must be a pattern such as pump-*/flow");
    }
  }

  public static Glob parse(String text) {
    return new Glob(text.strip());
  }

  public boolean matches(CharSequence name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int retry = 0;
    while (in < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        retry = in;
      } else if (at < pattern.length() && one(pattern.charAt(at), name.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) { // The last star takes one character more.
        at = star + 1;
        in = ++retry;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /** Whether it stands for one name only. */
  public boolean isExact() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  @Override
  public String toString() {
    return pattern;
  }

  private static boolean one(char pattern, char found) {
    return pattern == '?' || pattern == found;
  }
}
