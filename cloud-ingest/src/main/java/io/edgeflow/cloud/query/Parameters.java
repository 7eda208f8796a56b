package io.edgeflow.cloud.query;

import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads the parameters of a request; what is wrong is answered 400 with name, value and rule. */
public final class Parameters {
  private static final int SHOWN = 80;

  private final Request request;

  /** Refuses parameters that nobody asked for: a misspelt filter must not mean no filter. */
  public Parameters(Request request, String... known) {
    this.request = request;
    for (String name : new TreeSet<>(request.query().keySet())) {
      if (!List.of(known).contains(name)) {
        throw HttpRefusal.badRequest(
            "%s is no parameter of %s: it takes %s"
                .formatted(shorten(name), request.path(), String.join(", ", known)));
      }
    }
  }

  public static HttpRefusal wrong(String name, String value, String rule) {
    return HttpRefusal.badRequest("%s=%s: %s".formatted(name, shorten(value), rule));
  }

  public Optional<String> text(String name) {
    return request.one(name).filter(value -> !value.isEmpty());
  }

  /** Repeated, or in one value with commas between. */
  List<String> texts(String name) {
    return request.all(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .distinct()
        .toList();
  }

  public int number(String name, int standard, int min, int max) {
    Optional<String> text = text(name);
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
    throw wrong(name, text.get(), "must be a whole number from %d to %d".formatted(min, max));
  }

  boolean flag(String name) {
    return switch (text(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, text(name).orElse(""), "must be true or false");
    };
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
