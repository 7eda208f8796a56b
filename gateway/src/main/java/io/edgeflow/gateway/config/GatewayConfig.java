package io.edgeflow.gateway.config;

import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.process.kafka.KafkaConfig;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Fragments;
import io.edgeflow.wire.topic.Topics;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The configuration of a gateway. {@code config/gateway.yaml} explains it key by key.
 *
 * @param edge this gateway's own name, fixed in its data directory for good (J6)
 * @param labels free words by which the cloud groups edges
 * @param timezone of the site; absent: the system's
 * @param dataDir absolute; the journal lives here
 * @param mappings from topics to series; never empty
 * @param series what is known about series beforehand; the first entry that matches counts
 * @param sparkplug whether edge nodes of Sparkplug B are heard
 * @param alarms each applies to every series that it matches
 * @param actions each switches one output
 * @param scoring each scores with one model
 * @param deploy which rollouts it takes
 * @param hub whether other edges reach the cloud through it
 * @param sources other brokers, by name, out of which readings come too
 */
@Fragments("conf.d")
public record GatewayConfig(
    String edge,
    @Default("default") String site,
    Map<String, String> labels,
    Optional<ZoneId> timezone,
    @Default("data/gateway") Path dataDir,
    MqttConfig mqtt,
    HttpConfig http,
    UplinkConfig uplink,
    WindowConfig window,
    FrameConfig frame,
    TimeConfig time,
    JournalConfig journal,
    BufferConfig buffer,
    LimitsConfig limits,
    List<MappingConfig> mappings,
    List<SeriesConfig> series,
    SparkplugConfig sparkplug,
    ModbusConfig modbus,
    List<AlarmConfig> alarms,
    List<ActionConfig> actions,
    List<ScoringConfig> scoring,
    DeployConfig deploy,
    KafkaConfig kafka,
    HubConfig hub,
    Map<String, SourceConfig> sources) {
  private static final int LONGEST_SITE = 64;

  /** The cloud answers no hello with more, and without its answer nothing is sent. */
  private static final int MOST_LABELS = 60;

  /** The gateway says things of itself by labels of that name, a few. */
  private static final String OWN_LABELS = "edgeflow.";

  private static final int LONGEST_LABEL = 200;
  private static final int MOST_SLOTS = 16;

  public GatewayConfig {
    mappings = mappings.isEmpty() ? List.of(MappingConfig.DEFAULT) : List.copyOf(mappings);
    Set<String> twice = twice(mappings);
    new Check()
        .that(
            Topics.isEdgeName(edge),
            "edge",
            "must be 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit"
                + " first")
        .that(
            !site.isBlank() && site.length() <= LONGEST_SITE, "site", "must be 1 to 64 characters")
        .that(
            labels.size() <= MOST_LABELS
                && labels.entrySet().stream()
                    .noneMatch(
                        label ->
                            label.getKey().length() > LONGEST_LABEL
                                || label.getValue().length() > LONGEST_LABEL),
            "labels",
            "must be 60 or fewer, of 200 characters or fewer")
        .that(
            labels.keySet().stream().noneMatch(label -> label.startsWith(OWN_LABELS)),
            "labels",
            "must not begin with " + OWN_LABELS + ", which the gateway uses itself")
        .that(
            twice.isEmpty(), "mappings", "must not name a topic twice: " + String.join(", ", twice))
        .that(
            alarms.stream().map(AlarmConfig::name).distinct().count() == alarms.size(),
            "alarms",
            "must not name an alarm twice")
        .that(
            actions.stream().map(ActionConfig::name).distinct().count() == actions.size(),
            "actions",
            "must not name an action twice")
        .that(
            scoring.stream().map(ScoringConfig::slot).distinct().count() == scoring.size(),
            "scoring",
            "must not name a slot twice")
        .that(scoring.size() <= MOST_SLOTS, "scoring", "must be " + MOST_SLOTS + " slots or fewer")
        .that(
            mqtt.port() == 0 || mqtt.port() != http.port(),
            "http.port",
            "must differ from mqtt.port")
        .that(
            mqtt.webSocket().isEmpty()
                || mqtt.webSocket().get().port() == 0
                || mqtt.webSocket().get().port() != http.port(),
            "mqtt.webSocket.port",
            "must differ from http.port")
        .that(
            sources.keySet().stream().allMatch(name -> SourceConfig.NAME.matcher(name).matches()),
            "sources",
            "must have names of 1 to 64 letters, digits, dots, dashes and underscores")
        .that(
            sources.values().stream()
                    .map(SourceConfig::clientId)
                    .flatMap(Optional::stream)
                    .distinct()
                    .count()
                == sources.values().stream()
                    .filter(source -> source.clientId().isPresent())
                    .count(),
            "sources",
            "must not give two sources one clientId")
        .that(!hub.behind().equals(Optional.of(edge)), "hub.behind", "must be another edge")
        .orRefuse();
    ActionChecks.check(actions, modbus, rules(alarms));
  }

  /** The alarms as rules, one for each limit. */
  public List<AlarmRule> alarmRules() {
    return rules(alarms);
  }

  private static List<AlarmRule> rules(List<AlarmConfig> alarms) {
    return alarms.stream().flatMap(alarm -> alarm.rules().stream()).toList();
  }

  public ZoneId zone() {
    return timezone.orElseGet(ZoneId::systemDefault);
  }

  private static Set<String> twice(List<MappingConfig> mappings) {
    Set<String> known = new HashSet<>();
    return mappings.stream()
        .map(MappingConfig::topic)
        .filter(topic -> !known.add(topic))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
