package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.SeriesName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a topic means.
 *
 * @param kind whether it is ours, mapped or neither
 * @param base the series of a plain value, and the beginning of the series of named ones; empty if
 *     not mapped
 * @param fault why {@code base} alone names no series; absent if it does
 * @param keepFirst see {@link Mapping}
 */
record Route(Kind kind, String base, @Nullable String fault, boolean keepFirst) {
  enum Kind {
    MAPPED,
    UNMAPPED,
    /** Our own traffic and the broker's: no input at all. */
    NOT_OURS
  }

  private static final Route NOT_OURS = new Route(Kind.NOT_OURS, "", null, false);
  private static final Route UNMAPPED = new Route(Kind.UNMAPPED, "", null, false);

  static Route of(String topic, List<Mapping> mappings) {
    if (topic.startsWith("edgeflow/") || topic.startsWith("$")) {
      return NOT_OURS;
    }
    for (Mapping mapping : mappings) {
      int prefix = mapping.prefix().length();
      if (topic.length() > prefix + 1
          && topic.startsWith(mapping.prefix())
          && topic.charAt(prefix) == '/') {
        String base = topic.substring(prefix + 1);
        return new Route(Kind.MAPPED, base, SeriesName.fault(base), mapping.keepFirst());
      }
    }
    return UNMAPPED;
  }

  /**
   * Routes of topics seen before; bounded in number and length, because topics come from strangers.
   * Owned by one thread.
   */
  static final class Cache {
    private static final int MOST = 20_000;

    private final List<Mapping> mappings;
    private final Map<String, Route> routes = new HashMap<>();

    Cache(List<Mapping> mappings) {
      this.mappings = List.copyOf(mappings);
    }

    Route route(String topic) {
      Route known = routes.get(topic);
      if (known != null) {
        return known;
      }
      Route route = of(topic, mappings);
      if (route.kind() == Kind.MAPPED && route.base().length() <= SeriesName.MAX_BYTES) {
        if (routes.size() >= MOST) {
          routes.clear();
        }
        routes.put(topic, route);
      }
      return route;
    }
  }
}
