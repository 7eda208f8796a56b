package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.wire.payload.JsonPath;
import java.util.Optional;

/**
 * One value of a payload, or a family of them.
 *
 * @param path where it is in JSON; absent: the member that is called as the point
 * @param column where it is in a table; absent: as the point
 * @param field where it is in a line; absent: as the point
 * @param kind gauge, state or text; absent: as the payload looks, and what {@code series} says
 * @param scale value = what is there * scale + offset
 */
public record MappingPoint(
    Optional<String> path,
    Optional<String> column,
    Optional<String> field,
    Optional<Kind> kind,
    Optional<String> unit,
    @Default("1") double scale,
    @Default("0") double offset,
    Optional<ReportConfig> report) {
  public MappingPoint {
    Check check = new Check();
    MappingChecks.ownRules(check, kind, unit, report);
    MappingChecks.good(check, "path", path.map(JsonPath::fault));
    check.that(scale != 0, "scale", "must not be 0").orRefuse();
  }
}
