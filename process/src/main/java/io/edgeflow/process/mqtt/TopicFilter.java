package io.edgeflow.process.mqtt;

/** An MQTT topic filter: {@code +} stands for one level, {@code #} at the end for any number. */
public record TopicFilter(String filter) {
  public TopicFilter {
    String fault = fault(filter);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("topic filter '" + filter + "' " + fault);
    }
  }

  /** Allocates nothing. */
  public boolean matches(String topic) {
    int f = 0;
    int t = 0;
    while (f < filter.length()) {
      char c = filter.charAt(f);
      if (c == '#') {
        return true;
      }
      if (c == '+') {
        f++;
        while (t < topic.length() && topic.charAt(t) != '/') {
          t++;
        }
      } else if (t < topic.length() && topic.charAt(t) == c) {
        f++;
        t++;
      } else {
        // `a/#` also stands for `a` itself.
        return t == topic.length() && filter.startsWith("/#", f);
      }
    }
    return t == topic.length();
  }

  private static String fault(String filter) {
    if (filter.isEmpty() || filter.length() > 512) {
      return "must have 1 to 512 characters";
    }
    String[] levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      if (level.contains("#") && (level.length() > 1 || i < levels.length - 1)) {
        return "may have '#' only as its last level";
      }
      if (level.contains("+") && level.length() > 1) {
        return "may have '+' only as a whole level";
      }
    }
    return "";
  }
}
