package io.edgeflow.inference.node.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.topic.NodeTopics;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of a node that scores for a gateway. {@code config/inference.yaml} explains it
 * key by key.
 *
 * @param node its name, one of its own among the nodes of a gateway
 * @param dataDir absolute; what models need lies here
 * @param topics the fixed levels before {@code <device>/<point...>} of what it reads
 * @param queue readings that may wait to be scored; then the oldest are dropped
 * @param scoring each scores with one model
 */
public record InferenceConfig(
    String node,
    @Default("data/inference") Path dataDir,
    LinkConfig gateway,
    HttpConfig http,
    List<String> topics,
    @Default("65536") @Range(min = "1024", max = "4194304") int queue,
    BatchConfig batch,
    ShareConfig share,
    List<SlotConfig> scoring) {
  private static final List<String> TOPICS = List.of("sensors", "modbus");

  public InferenceConfig {
    topics = topics.isEmpty() ? TOPICS : List.copyOf(topics);
    new Check()
        .that(
            NodeTopics.isNodeName(node),
            "node",
            "must be 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit"
                + " first")
        .that(
            topics.stream().allMatch(InferenceConfig::isPrefix),
            "topics",
            "must be fixed levels without a slash at the ends: sensors, plant/hall-2")
        .that(
            topics.stream().distinct().count() == topics.size(),
            "topics",
            "must not name a topic twice")
        .that(
            topics.contains(gateway.scores()),
            "gateway.scores",
            "must be one of topics, so that nodes hear of each other's scores")
        .that(!scoring.isEmpty(), "scoring", "must name a slot at least: there is nothing to do")
        .that(
            scoring.size() <= NodeStatus.MOST_SLOTS,
            "scoring",
            "must be " + NodeStatus.MOST_SLOTS + " slots or fewer")
        .that(
            scoring.stream().map(SlotConfig::slot).distinct().count() == scoring.size(),
            "scoring",
            "must not name a slot twice")
        .that(
            share.keep().compareTo(gateway.keepAlive().multipliedBy(2)) >= 0,
            "share.keep",
            "must be twice gateway.keepAlive or more: so long it takes to notice that a node is"
                + " gone")
        .orRefuse();
  }

  private static boolean isPrefix(String topic) {
    return !topic.isEmpty()
        && !topic.startsWith("/")
        && !topic.endsWith("/")
        && !topic.startsWith("$")
        && !topic.startsWith("edgeflow")
        && topic.chars().noneMatch(c -> c == '#' || c == '+' || c < ' ');
  }
}
