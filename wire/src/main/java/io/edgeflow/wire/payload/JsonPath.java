package io.edgeflow.wire.payload;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in a JSON document: {@code $.sensors.flow}, {@code $.values[0]}, {@code $['a
 * name']}. {@code *} is every member or element, and as the last step {@code **} is every number
 * and truth below. {@code @} in place of {@code $} begins at the row.
 */
public record JsonPath(String text, boolean ofRow, List<Step> steps) {
  private static final String RULE = "must be a JSON path such as $.sensors.flow or $.values[0].v";

  /** The way from a value to one in it. */
  public sealed interface Step {
    /** The member of that name. */
    record Member(String name) implements Step {}

    /** The element at that index, from 0. */
    record Element(int index) implements Step {}

    /** Each. */
    record Every() implements Step {}

    /** Each, and each below it. */
    record Deep() implements Step {}
  }

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /** What is wrong with a path, and what to do; null if nothing is. */
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
  public static JsonPath parse(String text) {
    if (text.isEmpty() || (text.charAt(0) != '$' && text.charAt(0) != '@')) {
      throw new IllegalArgumentException(RULE + ": begin it with $");
    }
    return new JsonPath(text, text.charAt(0) == '@', new Scanner(text).steps());
  }

  /** Whether it stands for several values. */
  public boolean many() {
    return steps.stream().anyMatch(s -> s instanceof Step.Every || s instanceof Step.Deep);
  }

  @Override
  public String toString() {
    return text;
  }

  private static final class Scanner {
    private final String text;
    private int at = 1;

    Scanner(String text) {
      this.text = text;
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      while (at < text.length()) {
        if (!steps.isEmpty() && steps.getLast() instanceof Step.Deep) {
          throw new IllegalArgumentException(RULE + ": nothing may follow **");
        }
        steps.add(text.charAt(at) == '[' ? bracket() : member());
      }
      return steps;
    }

    private Step member() {
      if (text.charAt(at) != '.') {
        throw new IllegalArgumentException(RULE);
      }
      int from = ++at;
      while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String name = text.substring(from, at);
      if (name.isEmpty() || name.chars().anyMatch(c -> c == ']' || c == '?' || c == '(')) {
        throw new IllegalArgumentException(
            RULE + "; it knows neither .. nor filters, and odd names are written $['a.b']");
      }
      return switch (name) {
        case "*" -> new Step.Every();
        case "**" -> new Step.Deep();
        default -> new Step.Member(name);
      };
    }

    private Step bracket() {
      char first = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (first == '\'' || first == '"') {
        int end = text.indexOf(first + "]", at + 2);
        if (end < 0) {
          throw new IllegalArgumentException(RULE + ": the bracket is not closed");
        }
        String name = text.substring(at + 2, end);
        at = end + 2;
        return new Step.Member(name);
      }
      int end = text.indexOf(']', at);
      String index = end < 0 ? "" : text.substring(at + 1, end);
      at = end + 1;
      if (index.equals("*")) {
        return new Step.Every();
      }
      if (!index.matches("\\d{1,6}")) {
        throw new IllegalArgumentException(RULE + ": in brackets is a number, * or a quoted name");
      }
      return new Step.Element(Integer.parseInt(index));
    }
  }
}
