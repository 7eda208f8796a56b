package io.edgeflow.process.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of a route: fixed segments and {@code {names}}, each of which stands for one. */
record PathPattern(String text, List<String> segments) {
  static PathPattern of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash: " + text);
    }
    return new PathPattern(text, split(text));
  }

  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** What stood for the names, if the path is of this form. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    var found = new LinkedHashMap<String, String>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{") && !path.get(i).isEmpty()) {
        found.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }
}
