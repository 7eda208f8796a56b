package io.edgeflow.wire.frame;

/** Texts of events and documents, which may repeat what a stranger said. Pure. */
public final class ShortText {
  private ShortText() {}

  /**
   * The beginning of a text, and never half a character.
   *
   * @param most characters as UTF-16 counts them, at least 1
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
