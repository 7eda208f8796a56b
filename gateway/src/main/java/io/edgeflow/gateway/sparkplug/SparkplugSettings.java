package io.edgeflow.gateway.sparkplug;

import java.util.Set;

/**
 * @param template of series names: levels with {@code <group>}, {@code <node>}, {@code <device>},
 *     and {@code <metric>} last
 * @param groups whose nodes are heard; empty: all
 * @param patienceNanos how long a missing message may still come before it counts as lost
 * @param mostMetrics that births may declare, of all nodes together
 */
public record SparkplugSettings(
    String template, Set<String> groups, long patienceNanos, int mostMetrics) {
  public SparkplugSettings {
    groups = Set.copyOf(groups);
  }
}
