package io.edgeflow.wire.frame;

/** Texts of events, which may repeat what a stranger said. Pure. */
public final class EventText {
  private EventText() {}

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
