package io.edgeflow.gateway.sparkplug;

import io.edgeflow.aggregator.reading.SeriesName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Series names of metrics, by a template of levels such as {@code <node>/<device>/<metric>}.
 *
 * <p>A metric's name may hold what a series name may not. Such characters are written as {@code
 * %XX}, byte by byte of UTF-8, and so is a percent sign that would read as one: two metrics never
 * share a series. A slash in a metric's name separates levels, unless one of them would be empty.
 */
final class SeriesNames {
  static final String METRIC = "<metric>";
  static final String NODE = "<node>";
  static final String DEVICE = "<device>";
  static final String GROUP = "<group>";

  private final List<String> levels;
  private final boolean namesNode;

  /**
   * @param template ends with {@code <metric>}
   */
  SeriesNames(String template) {
    levels = List.of(template.split("/", -1));
    namesNode = levels.contains(NODE);
  }

  /**
   * The name, or the beginning of one that is too long for any; it may still have too many levels.
   *
   * @param device absent for a metric of the node itself, which has no such level; but where the
   *     template does not name nodes, the node stands for the device
   */
  String name(String group, String node, @Nullable String device, String metric) {
    List<String> name = new ArrayList<>();
    for (String level : levels) {
      switch (level) {
        case GROUP -> name.add(level(group));
        case NODE -> name.add(level(node));
        case DEVICE -> {
          if (device != null) {
            name.add(level(device));
          } else if (!namesNode) {
            name.add(level(node));
          }
        }
        case METRIC -> name.add(path(begin(metric)));
        default -> name.add(level);
      }
    }
    return begin(String.join("/", name));
  }

  /** A stranger's name may be as long as a metric, and is remembered with each that a birth has. */
  static String begin(String name) {
    return name.substring(0, Math.min(name.length(), SeriesName.MAX_BYTES + 1));
  }

  /** Several levels, none of them empty. */
  private static String path(String metric) {
    StringBuilder path = new StringBuilder();
    int from = 0;
    for (int at = 0; at < metric.length(); at++) {
      boolean between = at > from && at < metric.length() - 1;
      if (metric.charAt(at) == '/' && between) {
        path.append(level(metric.substring(from, at))).append('/');
        from = at + 1;
      }
    }
    return path.append(level(metric.substring(from))).toString();
  }

  /** One level; what is fine as it stands stays so. */
  private static String level(String text) {
    if (fine(text)) {
      return text;
    }
    boolean dots = text.equals(".") || text.equals("..");
    StringBuilder level = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      int next = at + Character.charCount(codePoint);
      String one = text.substring(at, next);
      boolean edge = at == 0 || next == text.length();
      boolean keep =
          !dots
              && fine("x" + one + "x")
              && !(codePoint == ' ' && edge)
              && !(codePoint == '$' && at == 0)
              && !(codePoint == '%' && isEscape(text, at));
      if (keep) {
        level.append(one);
      } else {
        escape(one, level);
      }
      at = next;
    }
    return level.toString();
  }

  private static boolean fine(String level) {
    if (level.indexOf('/') >= 0 || SeriesName.fault("x/" + level) != null) {
      return false;
    }
    int percent = level.indexOf('%');
    while (percent >= 0 && !isEscape(level, percent)) {
      percent = level.indexOf('%', percent + 1);
    }
    return percent < 0;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0;
  }

  private static void escape(String one, StringBuilder into) {
    for (byte b : one.getBytes(StandardCharsets.UTF_8)) {
      into.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
    }
  }
}
