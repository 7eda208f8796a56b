package io.edgeflow.wire.topic;

import io.edgeflow.wire.frame.EdgeName;
import io.edgeflow.wire.frame.Lane;
import java.util.Optional;

/**
 * Names of the topics between an edge and its cloud: {@code edgeflow/v1/<edge>/<channel>}, and for
 * frames {@code edgeflow/v1/<edge>/up/<lane>}.
 */
public final class Topics {
  private static final String ROOT = "edgeflow/v1/";

  private Topics() {}

  public static String up(String edge, Lane lane) {
    return name(edge, Channel.UP) + "/" + lane.word();
  }

  public static String hello(String edge) {
    return name(edge, Channel.HELLO);
  }

  public static String ack(String edge) {
    return name(edge, Channel.ACK);
  }

  public static String presence(String edge) {
    return name(edge, Channel.PRESENCE);
  }

  public static String desired(String edge) {
    return name(edge, Channel.DESIRED);
  }

  public static String reported(String edge) {
    return name(edge, Channel.REPORTED);
  }

  /** What a topic says; empty for a topic that is none of ours. */
  public static Optional<ParsedTopic> parse(String topic) {
    if (!topic.startsWith(ROOT)) {
      return Optional.empty();
    }
    String[] levels = topic.substring(ROOT.length()).split("/", -1);
    if (levels.length < 2 || !isEdgeName(levels[0])) {
      return Optional.empty();
    }
    if (levels.length == 3 && levels[1].equals(Channel.UP.word())) {
      return Lane.ofWord(levels[2]).map(lane -> new ParsedTopic(levels[0], Channel.UP, lane));
    }
    return levels.length == 2 ? channel(levels[0], levels[1]) : Optional.empty();
  }

  /** Whether an edge may be called so; see {@link EdgeName}. */
  public static boolean isEdgeName(String name) {
    return EdgeName.isValid(name);
  }

  private static Optional<ParsedTopic> channel(String edge, String word) {
    for (Channel channel : Channel.values()) {
      if (channel != Channel.UP && channel.word().equals(word)) {
        return Optional.of(new ParsedTopic(edge, channel, null));
      }
    }
    return Optional.empty();
  }

  private static String name(String edge, Channel channel) {
    if (!isEdgeName(edge)) {
      throw new IllegalArgumentException("not the name of an edge: " + edge);
    }
    return ROOT + edge + "/" + channel.word();
  }
}
