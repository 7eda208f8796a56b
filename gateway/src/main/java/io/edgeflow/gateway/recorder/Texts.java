package io.edgeflow.gateway.recorder;

/** Makes texts such as they come back from the journal. */
final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /**
   * The text with half characters replaced, which JSON can name and UTF-8 cannot carry. What is
   * decided must equal what is replayed (J1): else texts that differ now are one and the same after
   * a restart, and the frames in the journal no longer fit to its readings.
   */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return withoutHalves(text);
      }
    }
    return text;
  }

  private static String withoutHalves(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
