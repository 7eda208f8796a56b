package io.edgeflow.process.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.Nearest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The words of a small JSON object that somebody sent. Every fault is an {@link
 * IllegalArgumentException} that names the key and the rule that it breaks.
 */
public final class Words {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode tree;

  private Words(JsonNode tree) {
    this.tree = tree;
  }

  /**
   * @param keys all that may be there
   */
  public static Words read(byte[] body, List<String> keys) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (IOException broken) {
      throw new IllegalArgumentException("the body must be JSON", broken);
    }
    if (tree == null || !tree.isObject()) {
      throw new IllegalArgumentException("the body must be {\"" + keys.getFirst() + "\":…}");
    }
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        String near = Nearest.to(name, keys).orElse(String.join(", ", keys));
        throw new IllegalArgumentException(name + " is not known; did you mean " + near + "?");
      }
    }
    return new Words(tree);
  }

  /**
   * A text without control characters, stripped.
   *
   * @param least 0 if it may be absent
   */
  public String text(String key, int least, int most) {
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

  /** A whole number; empty where there is none. */
  public OptionalLong whole(String key) {
    JsonNode node = tree.path(key);
    if (node.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException(key + " must be a whole number");
    }
    return OptionalLong.of(node.longValue());
  }

  /** One text, or a list of them; empty where there is none. */
  public List<String> texts(String key) {
    JsonNode node = tree.path(key);
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  /**
   * A length of time.
   *
   * @param rule what is said of one that is shorter or longer, behind the key
   */
  public Duration length(String key, Duration shortest, Duration longest, String rule) {
    try {
      Duration length = Durations.parse(tree.path(key).asText());
      if (length.compareTo(shortest) >= 0 && length.compareTo(longest) <= 0) {
        return length;
      }
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException(key + " " + broken.getMessage(), broken);
    }
    throw new IllegalArgumentException(key + " " + rule);
  }
}
