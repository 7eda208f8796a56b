package io.edgeflow.wire.payload;

/**
 * Where a line of line protocol ends. A text in quotes may have several lines, and what it says is
 * no line of its own: else whoever writes the text would write readings. A text that is not closed
 * goes on to the end.
 */
final class LineEnd {
  private LineEnd() {}

  /** The place of the line break behind the line that begins there, or the end of the text. */
  static int of(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) <= ' ') {
      at++;
    }
    boolean comment = at < text.length() && text.charAt(at) == '#';
    return comment ? lineBreak(text, at) : ofFields(text, at);
  }

  private static int lineBreak(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static int ofFields(String text, int from) {
    boolean fields = false;
    boolean quoted = false;
    // Only there does a quote begin a text.
    int value = -1;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean escapes = c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n';
      if (escapes) {
        at++;
      } else if (quoted) {
        quoted = c != '"';
      } else if (c == '\n') {
        return at;
      } else if (c == ' ') {
        fields = true;
        value = -1;
      } else if (c == ',') {
        value = -1;
      } else if (c == '=' && fields && value < 0) {
        value = at + 1;
      } else if (c == '"' && at == value) {
        quoted = true;
      }
    }
    return text.length();
  }
}
