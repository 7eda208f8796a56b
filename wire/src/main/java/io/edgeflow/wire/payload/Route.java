package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.SeriesName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a topic means. Made once for each topic, so that its messages need not work it out. */
final class Route {
  enum Kind {
    MAPPED,
    UNMAPPED,
    /** Our own traffic and the broker's: no input at all. */
    NOT_OURS
  }

  private static final Route NOT_OURS = new Route(Kind.NOT_OURS);
  private static final Route UNMAPPED = new Route(Kind.UNMAPPED);
  private static final SeriesTemplate NOTHING = SeriesTemplate.parse("-");

  private final Kind kind;
  private final @Nullable Reading mapping;
  private final SeriesTemplate template;
  private final String base;
  private final @Nullable String fault;
  private final String[] series;
  private final @Nullable String[] faults;

  /** A mapping and what reads its payloads. */
  record Reading(int number, Mapping mapping, PayloadReader reader, List<Point> points) {}

  private Route(Kind kind) {
    this.kind = kind;
    this.mapping = null;
    this.template = NOTHING;
    this.base = "";
    this.fault = null;
    this.series = new String[0];
    this.faults = new @Nullable String[0];
  }

  private Route(Reading mapping, Map<String, String> levels) {
    this.kind = Kind.MAPPED;
    this.mapping = mapping;
    this.template = mapping.mapping().series().with(levels);
    String whole = template.fill(_ -> null);
    this.base = whole == null ? "" : whole;
    this.fault = whole == null ? null : SeriesName.fault(whole);
    int points = mapping.points().size();
    this.series = new String[points];
    this.faults = new @Nullable String[points];
    for (int i = 0; i < points; i++) {
      Point point = mapping.points().get(i);
      String name = template.fill(n -> n.equals(SeriesTemplate.POINT) ? point.name() : null);
      series[i] = name == null ? "" : name;
      faults[i] = name == null ? null : SeriesName.fault(name);
    }
  }

  static Route of(String topic, List<Reading> mappings) {
    if (topic.startsWith("edgeflow/") || topic.startsWith("$")) {
      return NOT_OURS;
    }
    Map<String, String> levels = new HashMap<>();
    for (Reading mapping : mappings) {
      levels.clear();
      if (mapping.mapping().topic().matches(topic, levels)) {
        return new Route(mapping, levels);
      }
    }
    return UNMAPPED;
  }

  Kind kind() {
    return kind;
  }

  /** Only where it is mapped. */
  Reading mapping() {
    if (mapping == null) {
      throw new IllegalStateException("the topic is not mapped");
    }
    return mapping;
  }

  /** How its series are called, with the levels of the topic filled in. */
  SeriesTemplate template() {
    return template;
  }

  /** The series where the topic alone names it; empty if not. */
  String base() {
    return base;
  }

  /** Why {@link #base} alone names no series; absent if it does. */
  @Nullable String fault() {
    return fault;
  }

  /** The series of a point, where topic and point name it; empty if not. */
  String series(int point) {
    return series[point];
  }

  /** Why {@link #series} names no series; absent if it does. */
  @Nullable String fault(int point) {
    return faults[point];
  }

  /**
   * Routes of topics seen before; bounded in number and length, because topics come from strangers.
   * Owned by one thread.
   */
  static final class Cache {
    private static final int MOST = 20_000;
    private static final int MOST_NAMES = 100_000;
    private static final int LONGEST = 512;

    private final List<Reading> mappings;
    private final Map<String, Route> routes = new HashMap<>();
    private int names;

    Cache(List<Reading> mappings) {
      this.mappings = List.copyOf(mappings);
    }

    Route route(String topic) {
      Route known = routes.get(topic);
      if (known != null) {
        return known;
      }
      Route route = of(topic, mappings);
      if (route.kind() == Kind.MAPPED && topic.length() <= LONGEST) {
        int more = 1 + route.series.length;
        if (routes.size() >= MOST || names + more > MOST_NAMES) {
          routes.clear();
          names = 0;
        }
        names += more;
        routes.put(topic, route);
      }
      return route;
    }
  }
}
