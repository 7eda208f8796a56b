package io.edgeflow.process.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked.
 *
 * @param path decoded, without the query
 * @param segments what stood for the {@code {names}} of the route's path, decoded
 * @param query decoded, in the order given
 * @param headers names in lower case; of repeated ones the first
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once; nobody compares requests.
public record Request(
    String method,
    String path,
    Map<String, String> segments,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body) {
  /** Every value of a query parameter, in order. */
  public List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** The first value of a query parameter. */
  public Optional<String> one(String name) {
    return all(name).stream().findFirst();
  }

  /** The value of a query parameter that is a whole number; 400 if it is not or out of bounds. */
  public int number(String name, int standard, int min, int max) {
    Optional<String> text = one(name);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      int number = Integer.parseInt(text.get().strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Answered below, like one that is out of bounds.
    }
    throw HttpRefusal.badRequest(
        "%s must be a whole number from %d to %d".formatted(name, min, max));
  }

  /** What stood in the path for {@code {name}}. */
  public String segment(String name) {
    String value = segments.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no {" + name + "}");
    }
    return value;
  }

  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }
}
