package io.edgeflow.cloud.query;

import io.edgeflow.process.settings.Glob;

/**
 * What a {@code series} or {@code match} parameter asks for: {@code pi-7/pump-7/flow}, or with
 * {@code *} for any characters, slashes too, and {@code ?} for one.
 */
record SeriesPattern(String text) {
  private static final int LONGEST = 300;

  static SeriesPattern parse(String name, String text) {
    if (text.isBlank() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
      throw Parameters.wrong(
          name,
          text,
          "must be a series such as pi-7/pump-7/flow or a pattern such as pi-*/flow, of at most %d characters"
              .formatted(LONGEST));
    }
    return new SeriesPattern(text.strip());
  }

  boolean isExact() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  Glob glob() {
    return new Glob(text);
  }

  /** The edge it is bound to; empty where the pattern spans edges. */
  String edge() {
    int slash = text.indexOf('/');
    String head = slash < 0 ? "" : text.substring(0, slash);
    return new SeriesPattern(head).isExact() ? head : "";
  }

  /** For {@code like}, on the whole name, or without the edge where it is bound to one. */
  String like() {
    String rest = edge().isEmpty() ? text : text.substring(edge().length() + 1);
    return like(rest);
  }

  static String like(String glob) {
    var like = new StringBuilder(glob.length() + 8);
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> like.append('%');
        case '?' -> like.append('_');
        case '%', '_', '\\' -> like.append('\\').append(c);
        default -> like.append(c);
      }
    }
    return like.toString();
  }
}
