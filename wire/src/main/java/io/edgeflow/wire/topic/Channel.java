package io.edgeflow.wire.topic;

/** What kind of message a topic carries. */
public enum Channel {
  /** Frames, from the edge. */
  UP("up"),
  HELLO("hello"),
  ACK("ack"),
  PRESENCE("presence"),
  DESIRED("desired"),
  REPORTED("reported");

  private final String word;

  Channel(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
