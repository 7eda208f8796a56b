package io.edgeflow.wire.payload;

/** A line that is no line protocol; the message says why, for a person. */
public final class LineFault extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 60;

  LineFault(String message) {
    super(message, null, false, false);
  }

  /** What stands there, short, and without what a terminal would take for more than text. */
  static String quoted(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
