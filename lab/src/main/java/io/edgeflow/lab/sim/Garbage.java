package io.edgeflow.lab.sim;

import java.util.List;

/** Input that no gateway should want, in turn: each is to be counted with a reason, and no more. */
final class Garbage {
  private static final List<OutgoingMessage> KINDS =
      List.of(
          of("sensors/broken-1/value", "{\"value\":"),
          of("sensors/broken-1/value", "not a number"),
          of("sensors/broken-1/value", "NaN"),
          of("sensors/broken-1/value", "{\"value\":1e400}"),
          of("sensors/broken-1/value", "[".repeat(10_000)),
          of("sensors/broken-1/value", "{\"value\":1,\"ts\":\"yesterday\"}"),
          of("somewhere/else", "1"),
          // In a topic it would end the connection: HiveMQ takes that for a broken client.
          of("sensors/broken-1", "{\"values\":{\"a\\u0007b\":1}}"),
          of("sensors/broken-1/value", "x".repeat(300_000)),
          of("sensors/broken-1/value", ""));

  private Garbage() {}

  static OutgoingMessage number(long index) {
    return KINDS.get((int) Math.floorMod(index, (long) KINDS.size()));
  }

  private static OutgoingMessage of(String topic, String payload) {
    return new OutgoingMessage(topic, payload, List.of(), false);
  }
}
