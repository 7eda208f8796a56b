package io.edgeflow.gateway.alarms.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.Nearest;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * What somebody says to an alarm: {@code {"who":"ada","why":"strainer ordered","for":"8h"}}.
 *
 * @param length of a shelf; zero where nothing is shelved
 */
record AlarmWord(String who, String why, Duration length) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * {@code who} is required, {@code why} may be absent.
   *
   * @throws IllegalArgumentException naming the key and the rule that it breaks
   */
  static AlarmWord read(byte[] body) {
    JsonNode tree = tree(body, List.of("who", "why"));
    return new AlarmWord(who(tree), text(tree, "why", 0, LONGEST_WHY), Duration.ZERO);
  }

  /** All three are required: nobody should have to guess why an alarm is silent. */
  static AlarmWord readShelf(byte[] body) {
    JsonNode tree = tree(body, List.of("who", "why", "for"));
    return new AlarmWord(who(tree), text(tree, "why", 1, LONGEST_WHY), length(tree));
  }

  private static JsonNode tree(byte[] body, List<String> keys) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (IOException broken) {
      throw new IllegalArgumentException("the body must be JSON", broken);
    }
    if (tree == null || !tree.isObject()) {
      throw new IllegalArgumentException("the body must be {\"who\":…}");
    }
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        String near = Nearest.to(name, keys).orElse(String.join(", ", keys));
        throw new IllegalArgumentException(name + " is not known; did you mean " + near + "?");
      }
    }
    return tree;
  }

  private static String who(JsonNode tree) {
    return text(tree, "who", 1, LONGEST_WHO);
  }

  private static String text(JsonNode tree, String key, int least, int most) {
    JsonNode node = tree.path(key);
    String text = node.isTextual() ? node.asText().strip() : "";
    boolean absent = node.isMissingNode() && least == 0;
    if (!(absent || node.isTextual())
        || text.length() < least
        || text.length() > most
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          key + " must be a text of " + least + " to " + most + " characters");
    }
    return text;
  }

  private static Duration length(JsonNode tree) {
    try {
      Duration length = Durations.parse(tree.path("for").asText());
      if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
        return length;
      }
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException("for " + broken.getMessage(), broken);
    }
    throw new IllegalArgumentException("for must be 1s to 24h: a shelf always has an end");
  }
}
