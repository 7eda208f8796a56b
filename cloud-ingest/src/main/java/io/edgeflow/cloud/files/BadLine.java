package io.edgeflow.cloud.files;

/** A line that says nothing that can be taken; the message is for a person. */
public final class BadLine extends Exception {
  private static final int SHOWN = 60;

  BadLine(String message) {
    super(message, null, false, false);
  }

  /** What stands there, short, and without what a terminal would take for more than text. */
  static String quoted(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
