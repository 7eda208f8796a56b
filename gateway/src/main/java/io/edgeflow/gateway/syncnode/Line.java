package io.edgeflow.gateway.syncnode;

/** Words of others, for reports and logs. */
final class Line {
  private static final int LONGEST = 300;

  private Line() {}

  /** Short, printable, on one line. */
  static String of(String text) {
    String plain = text.strip().replaceAll("\\s+", " ").replaceAll("[^\\p{Print}]", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
  }
}
