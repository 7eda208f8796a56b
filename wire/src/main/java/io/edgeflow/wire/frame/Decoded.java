package io.edgeflow.wire.frame;

/** What became of bytes that claim to be a frame. */
public sealed interface Decoded {
  /**
   * A frame that keeps every rule.
   *
   * @param identity CRC-32C of its canonical content without the creation time: equal frames have
   *     equal identities, whichever version of the program packed them
   */
  record Accepted(Frame frame, int identity) implements Decoded {}

  /**
   * @param detail for a log or a person; never holds the payload
   */
  record Refused(Refusal reason, String detail) implements Decoded {}
}
