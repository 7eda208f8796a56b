package io.edgeflow.cloud.query;

import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.settings.Glob;
import java.util.List;
import java.util.TreeSet;

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

  /** All that the request names; 400 where these are none or too many. */
  static List<SeriesPattern> required(Request request, int most) {
    List<SeriesPattern> patterns =
        request.all("series").stream().map(text -> parse("series", text)).toList();
    if (patterns.isEmpty()) {
      throw HttpRefusal.badRequest(
          "series is missing: name one or more, such as series=pi-7/pump-7/flow or"
              + " series=pi-*/flow");
    }
    if (patterns.size() > most) {
      throw HttpRefusal.badRequest("series is given more than %d times".formatted(most));
    }
    return patterns;
  }

  /** Names, not patterns, that none of the series has. */
  static List<String> unknown(List<SeriesPattern> patterns, List<SeriesRow> found) {
    var missing = new TreeSet<String>();
    patterns.stream().filter(SeriesPattern::isExact).map(SeriesPattern::text).forEach(missing::add);
    for (SeriesRow row : found) {
      missing.remove(row.path());
      row.formerly().forEach(missing::remove);
    }
    return List.copyOf(missing);
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

  /** What it asks for of that edge's series; all of it where it spans edges. */
  String nameAtEdge() {
    return edge().isEmpty() ? text : text.substring(edge().length() + 1);
  }

  /** For {@code like}, on the whole name, or without the edge where it is bound to one. */
  String like() {
    return like(nameAtEdge());
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
