package io.edgeflow.gateway.commissioning;

import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.settings.Glob;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which series somebody wants to see: {@code series=} by name, several if need be; {@code match=}
 * by pattern, or by any part of the name if it holds no star; {@code limit=} and {@code offset=}.
 */
record LatestQuery(Predicate<String> wanted, int offset, int limit) {
  private static final int MOST = 100_000;
  private static final int LONGEST_PATTERN = 300;

  static LatestQuery of(Request request) {
    List<String> names = request.all("series");
    Predicate<String> named = names.isEmpty() ? _ -> true : List.copyOf(names)::contains;
    return new LatestQuery(
        named.and(matching(request.one("match").orElse(""))),
        request.number("offset", 0, 0, Integer.MAX_VALUE),
        request.number("limit", MOST, 1, MOST));
  }

  static Predicate<String> matching(String pattern) {
    if (pattern.length() > LONGEST_PATTERN) {
      throw HttpRefusal.badRequest("match is too long");
    }
    if (pattern.isBlank()) {
      return _ -> true;
    }
    if (pattern.contains("*") || pattern.contains("?")) {
      return Glob.parse(pattern)::matches;
    }
    String part = pattern.strip().toLowerCase(Locale.ROOT);
    return name -> name.toLowerCase(Locale.ROOT).contains(part);
  }
}
