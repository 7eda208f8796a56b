package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.SeriesName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How series are called: {@code <line>-<device>/<point>}. Names stand for levels of the topic, and
 * for what a format has to offer: {@code <point>} everywhere, tags of a line, columns of a row.
 */
public record SeriesTemplate(List<Part> parts) {
  /** The name that stands for the point. */
  public static final String POINT = "point";

  private static final String RULE = "must be names and text such as <line>-<device>/<point>";

  /** Text, or a name that stands for some. */
  public sealed interface Part {
    /** Itself. */
    record Text(String text) implements Part {}

    /** What it is called. */
    record Name(String name) implements Part {}
  }

  /** What names stand for. */
  @FunctionalInterface
  interface Names {
    /** Null where it stands for nothing. */
    @Nullable String value(String name);
  }

  public SeriesTemplate {
    parts = List.copyOf(parts);
  }

  /** Letters, digits, {@code -} and {@code _}. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }

  /** What is wrong with a template, and what to do; null if nothing is. */
  public static @Nullable String fault(String text) {
    try {
      parse(text);
      return null;
    } catch (IllegalArgumentException faulty) {
      return faulty.getMessage();
    }
  }

  /**
   * @throws IllegalArgumentException with what {@link #fault} says
   */
  public static SeriesTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('<', at);
      int end = open < 0 ? text.length() : open;
      if (end > at) {
        parts.add(fixed(text.substring(at, end)));
      }
      if (open < 0) {
        break;
      }
      int close = text.indexOf('>', open);
      // As in a topic: <point...> is the same name.
      String name = close < 0 ? "" : text.substring(open + 1, close).replaceAll("\\.{3}$", "");
      if (!isName(name)) {
        throw new IllegalArgumentException(RULE);
      }
      parts.add(new Part.Name(name));
      at = close + 1;
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(RULE);
    }
    return new SeriesTemplate(parts);
  }

  private static Part fixed(String text) {
    if (text.indexOf('>') >= 0) {
      throw new IllegalArgumentException(RULE);
    }
    return new Part.Text(text);
  }

  /** One level for each name. */
  public static SeriesTemplate levels(List<String> names) {
    return parse("<" + String.join(">/<", names) + ">");
  }

  public List<String> names() {
    return parts.stream()
        .filter(Part.Name.class::isInstance)
        .map(part -> ((Part.Name) part).name())
        .toList();
  }

  public boolean names(String name) {
    return parts.contains(new Part.Name(name));
  }

  /** With what is known already. */
  SeriesTemplate with(Map<String, String> known) {
    List<Part> filled = new ArrayList<>(parts.size());
    for (Part part : parts) {
      filled.add(
          part instanceof Part.Name(String name) && known.containsKey(name)
              ? new Part.Text(known.get(name))
              : part);
    }
    return new SeriesTemplate(filled);
  }

  /**
   * The name of a series, or the beginning of one that is too long for any; null if a name stands
   * for nothing, see {@link #missing}.
   */
  @Nullable String fill(Names names) {
    StringBuilder series = new StringBuilder(48);
    for (Part part : parts) {
      String text =
          switch (part) {
            case Part.Text(String fixed) -> fixed;
            case Part.Name(String name) -> names.value(name);
          };
      if (text == null) {
        return null;
      }
      boolean none = text.isEmpty() && !series.isEmpty();
      if (none && series.charAt(series.length() - 1) == '/') {
        // No levels follow: <device>/<point...> is then only the device.
        series.setLength(series.length() - 1);
      }
      // A stranger's text may be as long as the payload, and be asked for by each of its values.
      series.append(text, 0, Math.min(text.length(), SeriesName.MAX_BYTES + 1));
      if (series.length() > SeriesName.MAX_BYTES) {
        return series.substring(0, SeriesName.MAX_BYTES + 1);
      }
    }
    return series.toString();
  }

  /** The first name that stands for nothing; empty if each stands for something. */
  String missing(Names names) {
    for (Part part : parts) {
      if (part instanceof Part.Name(String name) && names.value(name) == null) {
        return name;
      }
    }
    return "";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String fixed) -> text.append(fixed);
        case Part.Name(String name) -> text.append('<').append(name).append('>');
      }
    }
    return text.toString();
  }
}
