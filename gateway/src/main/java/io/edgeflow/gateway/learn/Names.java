package io.edgeflow.gateway.learn;

import io.edgeflow.aggregator.reading.SeriesName;
import java.util.Locale;
import java.util.Set;

/** Words of strangers as names of ours. */
final class Names {
  private static final Set<String> TIMES =
      Set.of(
          "ts",
          "t",
          "time",
          "timestamp",
          "datetime",
          "date",
          "at",
          "utc",
          "time_stamp",
          "created_at",
          "measured_at",
          "eventtime",
          "event_time");
  private static final Set<String> SENSORS =
      Set.of("name", "n", "sensor", "metric", "key", "point", "tag", "variable", "id", "signal");

  private Names() {}

  static boolean isTime(String name) {
    return TIMES.contains(name.toLowerCase(Locale.ROOT));
  }

  static boolean isSensor(String name) {
    return SENSORS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** One level of a series' name, with dashes for what none may have. */
  static String allowed(String word) {
    StringBuilder name = new StringBuilder();
    word.strip()
        .codePoints()
        .limit(SeriesName.MAX_LEVEL_CHARS)
        .forEach(
            c -> {
              String one = Character.toString(c);
              boolean fits = c != '/' && SeriesName.fault("x/x" + one + "x") == null;
              name.append(fits ? one : "-");
            });
    return SeriesName.fault("x/" + name) == null
        ? name.toString()
        : name.isEmpty() ? "" : "_" + name;
  }
}
