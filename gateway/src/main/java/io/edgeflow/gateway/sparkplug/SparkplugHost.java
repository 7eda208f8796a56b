package io.edgeflow.gateway.sparkplug;

import io.edgeflow.gateway.capture.Dialect;
import io.edgeflow.gateway.capture.Heard;
import io.edgeflow.gateway.capture.RejectReason;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway is to Sparkplug edge nodes: a host application that takes their readings, and
 * asks for a birth where it needs one. Used by the owner thread, but for {@link #figures} and
 * {@link #commands}.
 */
public final class SparkplugHost implements Dialect {
  private static final Logger log = LoggerFactory.getLogger(SparkplugHost.class);

  /** Names come from strangers; a plant has a few hundred of either. */
  private static final int MOST_NODES = 2_000;

  private static final int MOST_DEVICES = 20_000;

  /** Publishes to whoever listens at the broker. */
  @FunctionalInterface
  public interface Commands {
    /** Must not block. */
    void publish(String topic, byte[] payload);
  }

  private final SparkplugSettings settings;
  private final SeriesNames names;
  private final LongSupplier nanos;
  private final LongSupplier presentMicros;
  private final Scope.Room room;
  private final Map<String, EdgeNode> nodes = new ConcurrentHashMap<>();
  private final Set<EdgeNode> busy = new LinkedHashSet<>();
  private int devices;
  private volatile @Nullable Commands commands;

  /**
   * @param nanos monotonic
   * @param presentMicros what time it is, for the stamps of commands
   */
  public SparkplugHost(SparkplugSettings settings, LongSupplier nanos, LongSupplier presentMicros) {
    this.settings = settings;
    this.nanos = nanos;
    this.presentMicros = presentMicros;
    this.names = new SeriesNames(settings.template());
    this.room = new Scope.Room(settings.mostMetrics());
  }

  /** Whether the topic is one of a node's death, which its broker may tell in its place. */
  public static boolean isDeath(String topic) {
    return SparkplugTopic.isDeath(topic);
  }

  /** Where commands go; until it is named they wait. Any thread. */
  public void commands(Commands next) {
    commands = next;
  }

  /** Of every node that was heard since the process started, by name. Any thread. */
  public List<NodeFigures> figures() {
    return nodes.values().stream()
        .map(EdgeNode::figures)
        .sorted(Comparator.comparing(NodeFigures::group).thenComparing(NodeFigures::node))
        .toList();
  }

  /** Whether the topic is one of Sparkplug's. */
  public static boolean isSparkplug(String topic) {
    return topic.startsWith(SparkplugTopic.NAMESPACE);
  }

  @Override
  public boolean reads(String topic) {
    return isSparkplug(topic);
  }

  @Override
  public void read(String topic, byte[] payload, Heard heard) {
    SparkplugTopic parsed = SparkplugTopic.of(topic);
    if (parsed == null
        || (!settings.groups().isEmpty() && !settings.groups().contains(parsed.group()))) {
      return;
    }
    if (parsed.isTooLong()) {
      heard.reject(
          RejectReason.BAD_SERIES_NAME,
          "a name in the topic is longer than " + SparkplugTopic.LONGEST_NAME + " characters");
      return;
    }
    Message message = message(payload, heard);
    EdgeNode node = message == null ? null : node(parsed, heard);
    if (message != null && node != null) {
      node.hear(parsed, message, nanos.getAsLong(), heard);
      attend(node);
    }
  }

  private static @Nullable Message message(byte[] payload, Heard heard) {
    try {
      return Message.of(payload);
    } catch (Message.Refused e) {
      heard.reject(e.reason, e.detail());
    } catch (RuntimeException e) {
      // A fault of ours or of the library. The message must not come back at each restart, so it is
      // rejected like any other garbage.
      log.error("the Sparkplug decoder failed on a message of {} bytes", payload.length, e);
      heard.reject(RejectReason.UNPARSEABLE, "the decoder failed: " + e);
    }
    return null;
  }

  /** Known or new; null where there is no room for it. */
  private @Nullable EdgeNode node(SparkplugTopic topic, Heard heard) {
    String key = topic.group() + "/" + topic.node();
    EdgeNode node = nodes.get(key);
    String device = topic.device();
    boolean isNewDevice = device != null && (node == null || !node.has(device));
    if ((node == null && nodes.size() >= MOST_NODES) || (isNewDevice && devices >= MOST_DEVICES)) {
      heard.reject(
          RejectReason.SERIES_LIMIT,
          "more than " + MOST_NODES + " Sparkplug nodes or " + MOST_DEVICES + " devices");
      return null;
    }
    if (node == null) {
      node = new EdgeNode(topic.group(), topic.node(), settings.patienceNanos(), names, room);
      nodes.put(key, node);
    }
    if (device != null && isNewDevice) {
      node.add(device, room);
      devices++;
    }
    return node;
  }

  @Override
  public void tick(Heard heard) {
    long now = nanos.getAsLong();
    for (EdgeNode node : List.copyOf(busy)) {
      node.look(now, heard);
      attend(node);
    }
  }

  @Override
  public boolean idle() {
    return busy.isEmpty();
  }

  private void attend(EdgeNode node) {
    Commands to = commands;
    long now = nanos.getAsLong();
    if (to != null && node.wantsRebirth(now)) {
      node.rebirthAsked(now);
      to.publish(
          SparkplugTopic.commands(node.group(), node.node()),
          RebirthCommand.payload(presentMicros.getAsLong() / 1_000));
    }
    if (node.idle()) {
      busy.remove(node);
    } else {
      busy.add(node);
    }
  }
}
