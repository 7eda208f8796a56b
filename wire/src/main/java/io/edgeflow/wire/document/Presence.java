package io.edgeflow.wire.document;

/**
 * Whether an edge is connected: retained, and the will of its connection.
 *
 * @param connection names the connection; a will of another connection than the newest says nothing
 *     (R4)
 * @param sinceMicros when the edge believed it to become so; a will carries when it was left
 */
public record Presence(String edge, String connection, boolean online, long sinceMicros) {
  public byte[] toBytes() {
    return PresenceJson.write(this);
  }

  /** Reads one leniently: unknown fields are ignored; anything else unexpected is refused. */
  public static Parsed<Presence> parse(byte[] bytes) {
    return PresenceJson.read(bytes);
  }
}
