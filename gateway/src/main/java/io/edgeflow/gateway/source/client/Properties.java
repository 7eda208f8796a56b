package io.edgeflow.gateway.source.client;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The properties of an MQTT 5 packet that matter here; all others are read over.
 *
 * @param serverKeepAliveSeconds instead of ours
 * @param sessionExpirySeconds instead of ours
 * @param reason for people; empty if the broker says none
 */
record Properties(
    OptionalInt serverKeepAliveSeconds, OptionalLong sessionExpirySeconds, String reason) {
  static final Properties NONE = new Properties(OptionalInt.empty(), OptionalLong.empty(), "");

  private static final int SESSION_EXPIRY = 0x11;
  private static final int SERVER_KEEP_ALIVE = 0x13;
  private static final int REASON_STRING = 0x1f;
  private static final int USER_PROPERTY = 0x26;

  /** Reads as many as the length before them says. */
  static Properties read(Body body) throws MalformedPacketException {
    int end = body.variableInt() + body.position();
    OptionalInt keepAlive = OptionalInt.empty();
    OptionalLong expiry = OptionalLong.empty();
    String reason = "";
    while (body.position() < end) {
      int id = body.variableInt();
      switch (id) {
        case SERVER_KEEP_ALIVE -> keepAlive = OptionalInt.of(body.twoBytes());
        case SESSION_EXPIRY -> expiry = OptionalLong.of(body.fourBytes());
        case REASON_STRING -> reason = body.text();
        case USER_PROPERTY -> {
          body.skipText();
          body.skipText();
        }
        default -> skip(id, body);
      }
    }
    if (body.position() != end) {
      throw new MalformedPacketException("its properties do not end where they should");
    }
    return new Properties(keepAlive, expiry, reason);
  }

  private static void skip(int id, Body body) throws MalformedPacketException {
    switch (id) {
      // Flags and the like.
      case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2a -> body.skip(1);
      // Receive maximum, topic alias and its maximum.
      case 0x21, 0x22, 0x23 -> body.skip(2);
      // Expiries, will delay, maximum packet size.
      case 0x02, 0x18, 0x27 -> body.skip(4);
      case 0x0b -> body.variableInt();
      // Texts, and bytes with a length before them.
      case 0x03, 0x08, 0x09, 0x12, 0x15, 0x16, 0x1a, 0x1c -> body.skipText();
      default -> throw new MalformedPacketException("there is no property " + id);
    }
  }
}
