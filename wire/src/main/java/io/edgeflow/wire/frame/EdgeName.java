package io.edgeflow.wire.frame;

/**
 * What an edge may be called: 1 to {@value #MAX_LENGTH} letters, digits, {@code -}, {@code _} and
 * {@code .} of ASCII, of which the first is a letter or a digit. That is safe in topics, paths and
 * host names.
 */
public final class EdgeName {
  public static final int MAX_LENGTH = 64;

  private EdgeName() {}

  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
