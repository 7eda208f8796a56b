package io.edgeflow.wire.payload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter whose levels may have names: {@code plant/<line>/<device>/data}. {@code +} stands
 * for one level, and as the last one {@code #} for all that follow, if any; {@code <point...>} is
 * {@code #} with a name. A level with a name is never empty.
 *
 * @param text as it was written
 */
public record TopicPattern(String text, List<Level> levels) {
  private static final String RULE =
      "levels may be fixed, <name> or +, and the last one # or <name...>:"
          + " plant/<line>/<device>/data";

  /** What a level of a topic must be. */
  public sealed interface Level {
    /** This text. */
    record Fixed(String text) implements Level {}

    /** Anything. */
    record Any() implements Level {}

    /** Anything but nothing. */
    record Named(String name) implements Level {}

    /**
     * All that follow.
     *
     * @param name empty if it has none
     */
    record Rest(String name) implements Level {}
  }

  public TopicPattern {
    levels = List.copyOf(levels);
  }

  /** What is wrong with a pattern, and what to do; null if nothing is. */
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
  public static TopicPattern parse(String text) {
    if (text.isBlank() || text.startsWith("$") || text.indexOf(0) >= 0) {
      throw new IllegalArgumentException("must be a topic that does not begin with $; " + RULE);
    }
    String[] words = text.split("/", -1);
    List<Level> levels = new ArrayList<>(words.length);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < words.length; i++) {
      Level level = level(words[i], i == words.length - 1);
      String name = name(level);
      if (!name.isEmpty() && !names.add(name)) {
        throw new IllegalArgumentException("must not name <" + name + "> twice");
      }
      levels.add(level);
    }
    return new TopicPattern(text, levels);
  }

  private static Level level(String word, boolean last) {
    if (word.equals("+")) {
      return new Level.Any();
    }
    boolean rest = word.equals("#") || word.endsWith("...>");
    if (rest && !last) {
      throw new IllegalArgumentException("must not have anything behind " + word + "; " + RULE);
    }
    if (word.equals("#")) {
      return new Level.Rest("");
    }
    if (word.startsWith("<") && word.endsWith(">")) {
      String name = word.substring(1, word.length() - (rest ? 4 : 1));
      if (!SeriesTemplate.isName(name)) {
        throw new IllegalArgumentException(
            "has a name of other characters than letters, digits, - and _: " + word);
      }
      return rest ? new Level.Rest(name) : new Level.Named(name);
    }
    if (word.chars().anyMatch(c -> c == '<' || c == '>' || c == '+' || c == '#')) {
      throw new IllegalArgumentException("has the level " + word + ", which is neither; " + RULE);
    }
    return new Level.Fixed(word);
  }

  private static String name(Level level) {
    return switch (level) {
      case Level.Named(String name) -> name;
      case Level.Rest(String name) -> name;
      case Level.Fixed _, Level.Any _ -> "";
    };
  }

  /** The names of its levels, from left to right. */
  public List<String> names() {
    return levels.stream().map(TopicPattern::name).filter(name -> !name.isEmpty()).toList();
  }

  /** The name of the levels that follow, if that is how it ends. */
  public boolean endsOpen(String name) {
    return levels.getLast() instanceof Level.Rest(String rest) && rest.equals(name);
  }

  /**
   * @param names receives what the named levels are; meaningless where the topic does not match
   */
  boolean matches(String topic, Map<String, String> names) {
    return agreeing(topic.split("/", -1), names) > levels.size();
  }

  /** How many levels agree with a topic, from left to right; one more than it has if all do. */
  public int agreeing(String topic) {
    return agreeing(topic.split("/", -1), new java.util.HashMap<>());
  }

  private int agreeing(String[] words, Map<String, String> names) {
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      if (level instanceof Level.Rest(String name)) {
        names.put(name, rest(words, i));
        return levels.size() + 1;
      }
      if (i >= words.length || !agrees(level, words[i])) {
        return i;
      }
      if (level instanceof Level.Named(String name)) {
        names.put(name, words[i]);
      }
    }
    return words.length == levels.size() ? levels.size() + 1 : levels.size();
  }

  private static boolean agrees(Level level, String word) {
    return switch (level) {
      case Level.Fixed(String text) -> text.equals(word);
      case Level.Named _ -> !word.isEmpty();
      case Level.Any _, Level.Rest _ -> true;
    };
  }

  private static String rest(String[] words, int from) {
    return from >= words.length ? "" : String.join("/", List.of(words).subList(from, words.length));
  }

  @Override
  public String toString() {
    return text;
  }
}
