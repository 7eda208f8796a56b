package io.edgeflow.lab.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.House;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** How many readings of each series the cloud's database holds, as its own API tells. */
final class StoredCounts {
  private StoredCounts() {}

  /** By series name without the edge, of all that happened since a little before this moment. */
  static Map<String, Long> of(House house, Instant from) throws IOException {
    Instant to = Instant.now().plus(Duration.ofMinutes(10));
    return between(house, from.minus(Duration.ofHours(2)), to);
  }

  /** By series name without the edge. */
  static Map<String, Long> between(House house, Instant from, Instant to) throws IOException {
    String path =
        "/api/v1/data?series="
            + URLEncoder.encode("pi-7/*", StandardCharsets.UTF_8)
            + "&from="
            + from.toEpochMilli()
            + "&to="
            + to.toEpochMilli()
            + "&step=1h";
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode series : house.cloud().json(path).path("series")) {
      long count = 0;
      for (JsonNode point : series.path("points")) {
        count += point.path("count").asLong();
      }
      counts.put(series.path("name").asText().substring("pi-7/".length()), count);
    }
    return counts;
  }
}
