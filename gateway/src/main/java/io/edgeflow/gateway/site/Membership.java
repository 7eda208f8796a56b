package io.edgeflow.gateway.site;

import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.topic.NodeTopics;
import io.edgeflow.wire.topic.ParsedTopic;
import io.edgeflow.wire.topic.Topics;
import java.util.List;
import java.util.Optional;

/**
 * Who may be behind this gateway, and what they may say. Pure.
 *
 * @param own this gateway's name, under which nobody else speaks
 * @param members patterns of names; empty: of any name
 */
public record Membership(String own, List<Glob> members) {
  private static final String ROOT = "edgeflow/v1/";

  public Membership {
    members = List.copyOf(members);
  }

  /** Whether an edge of this name may be behind this gateway. */
  boolean has(String edge) {
    return !edge.equals(own)
        && (members.isEmpty() || members.stream().anyMatch(glob -> glob.matches(edge)));
  }

  /**
   * Whether somebody may publish there. What edges say is said by those that may be here, and by
   * nobody what a cloud says: a forged acknowledgement would free frames that no database has.
   *
   * @param speaker the only edge that it can be; empty: it may be any
   */
  boolean admits(Optional<String> speaker, String topic) {
    if (!topic.startsWith(ROOT) || NodeTopics.isOfNodes(topic)) {
      return true;
    }
    return Topics.parse(topic)
        .filter(parsed -> isUpward(parsed) && has(parsed.edge()))
        .filter(parsed -> speaker.isEmpty() || speaker.get().equals(parsed.edge()))
        .isPresent();
  }

  private static boolean isUpward(ParsedTopic topic) {
    return switch (topic.channel()) {
      case UP, HELLO, PRESENCE, REPORTED -> true;
      case ACK, DESIRED -> false;
    };
  }

  /**
   * Whether an edge names its connections so. A client of another name could end the connection of
   * whoever has that name in the cloud.
   */
  static boolean names(String edge, String client) {
    return client.equals(edge) || client.startsWith(edge + "-");
  }
}
