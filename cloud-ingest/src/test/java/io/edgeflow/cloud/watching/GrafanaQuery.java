package io.edgeflow.cloud.watching;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces in a panel's SQL what Grafana replaces before it asks PostgreSQL. Of the macros only
 * those that our dashboards use; another one stays, and PostgreSQL refuses it.
 */
record GrafanaQuery(
    Instant from, Instant to, Duration interval, Map<String, List<String>> variables) {
  private static final Pattern FILTER = Pattern.compile("\\$__timeFilter\\(([a-z_.]+)\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z]+):sqlstring}");

  String expand(String sql) {
    String filtered =
        FILTER
            .matcher(sql)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "%s BETWEEN '%s' AND '%s'".formatted(found.group(1), from, to)));
    String named =
        VARIABLE
            .matcher(filtered)
            .replaceAll(found -> Matcher.quoteReplacement(quoted(found.group(1))));
    return named
        .replace("$__timeFrom()", "'" + from + "'")
        .replace("$__timeTo()", "'" + to + "'")
        .replace("$__interval_ms", Long.toString(interval.toMillis()));
  }

  private String quoted(String variable) {
    return variables.getOrDefault(variable, List.of()).stream()
        .map(value -> "'" + value.replace("'", "''") + "'")
        .collect(Collectors.joining(","));
  }
}
