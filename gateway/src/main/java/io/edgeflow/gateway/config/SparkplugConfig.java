package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Readings of Sparkplug B edge nodes. {@code docs/sparkplug.md} explains it.
 *
 * @param enabled whether topics under {@code spBv1.0/} are heard
 * @param series names of series: levels with {@code <group>}, {@code <node>} and {@code <device>},
 *     and {@code <metric>} last
 * @param groups whose nodes are heard; empty: all
 * @param reorderWait how long a message whose number is missing may still come
 * @param hostId of the host application that the gateway says it is; empty: it says nothing
 */
public record SparkplugConfig(
    @Default("false") boolean enabled,
    @Default("<node>/<device>/<metric>") String series,
    List<String> groups,
    @Default("200ms") @Range(min = "0s", max = "10s") Duration reorderWait,
    Optional<String> hostId) {
  private static final String METRIC = "<metric>";
  private static final Set<String> NAMES = Set.of("<group>", "<node>", "<device>");

  public SparkplugConfig {
    groups = List.copyOf(groups);
    new Check()
        .that(
            isTemplate(series),
            "series",
            "must be levels of which one is <node> or <device>, none comes twice and the last is"
                + " <metric>: <node>/<device>/<metric>")
        .that(
            Stream.concat(groups.stream(), hostId.stream()).allMatch(SparkplugConfig::isId),
            "groups, hostId",
            "must not be empty and have no / + or #")
        .orRefuse();
  }

  private static boolean isTemplate(String template) {
    List<String> levels = Arrays.asList(template.split("/", -1));
    List<String> before = levels.subList(0, levels.size() - 1);
    return levels.getLast().equals(METRIC)
        && (before.contains("<node>") || before.contains("<device>"))
        && before.stream().distinct().count() == before.size()
        && before.stream().allMatch(level -> NAMES.contains(level) || isLiteral(level));
  }

  private static boolean isLiteral(String level) {
    return !level.isEmpty()
        && level.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0)
        && !level.startsWith(".");
  }

  private static boolean isId(String id) {
    return !id.isEmpty() && id.chars().noneMatch(c -> "/+#".indexOf(c) >= 0 || c < ' ');
  }
}
