package io.edgeflow.gateway.recorder;

/**
 * What came in during a stretch of monotonic time.
 *
 * @param nanos how long it was
 * @param messages that were journaled; a poll is one too
 * @param readings accepted in them
 * @param messageBytes of their records
 * @param frameBytes of the frames that were numbered, all lanes
 */
public record LoadSample(
    long nanos, long messages, long readings, long messageBytes, long frameBytes) {
  public static final LoadSample NONE = new LoadSample(0, 0, 0, 0, 0);

  LoadSample plus(LoadSample other) {
    return new LoadSample(
        nanos + other.nanos,
        messages + other.messages,
        readings + other.readings,
        messageBytes + other.messageBytes,
        frameBytes + other.frameBytes);
  }

  void write(RecordWriter out) {
    out.varint(nanos).varint(messages).varint(readings).varint(messageBytes).varint(frameBytes);
  }

  static LoadSample read(RecordReader in) {
    return new LoadSample(in.varint(), in.varint(), in.varint(), in.varint(), in.varint());
  }
}
