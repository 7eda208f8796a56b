package io.edgeflow.gateway.site;

import io.edgeflow.wire.topic.Channel;
import io.edgeflow.wire.topic.ParsedTopic;

/**
 * Something that a member said, with the room it takes until it is up or dropped. Compared by
 * identity.
 */
final class Upward {
  /** What a message costs beside its bytes. */
  private static final int OVERHEAD = 256;

  private final ParsedTopic topic;
  private final String name;
  private final byte[] payload;
  private final boolean retained;
  private final Room room;

  private Upward(ParsedTopic topic, String name, byte[] payload, boolean retained, Room room) {
    this.topic = topic;
    this.name = name;
    this.payload = payload;
    this.retained = retained;
    this.room = room;
  }

  static Upward of(ParsedTopic topic, String name, byte[] payload, boolean retained, Room room) {
    return new Upward(topic, name, payload, retained, room);
  }

  /** Whether there is room; then it is taken. */
  boolean enter() {
    return room.take(cost(), isFrame());
  }

  /** It is up, or dropped. */
  void leave() {
    room.giveBack(cost());
  }

  private long cost() {
    return (long) payload.length + name.length() + OVERHEAD;
  }

  boolean isFrame() {
    return topic.channel() == Channel.UP;
  }

  String edge() {
    return topic.edge();
  }

  Channel channel() {
    return topic.channel();
  }

  String name() {
    return name;
  }

  /** Not to be changed. */
  byte[] payload() {
    return payload;
  }

  boolean retained() {
    return retained;
  }
}
