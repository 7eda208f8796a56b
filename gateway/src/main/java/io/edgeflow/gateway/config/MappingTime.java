package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.wire.payload.JsonPath;
import io.edgeflow.wire.payload.StampRule;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When readings were measured, as their sender says it.
 *
 * @param path where it is in JSON
 * @param column where it is in a table
 * @param format s, ms, us, ns, iso, auto or a pattern; absent: auto, and ns in line protocol
 * @param zone of times that say none; absent: the site's
 */
public record MappingTime(
    Optional<String> path,
    Optional<String> column,
    Optional<String> format,
    Optional<ZoneId> zone) {
  static final MappingTime NONE =
      new MappingTime(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public MappingTime {
    Check check = new Check();
    MappingChecks.good(check, "path", path.map(JsonPath::fault));
    MappingChecks.good(check, "format", format.map(StampRule::fault));
    check.orRefuse();
  }

  boolean isNone() {
    return path.isEmpty() && column.isEmpty();
  }
}
