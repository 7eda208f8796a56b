package io.edgeflow.process.kafka;

/** Takes the records of a topic, whoever wrote them. */
@FunctionalInterface
public interface RecordSink {
  /**
   * On the reader's thread: must not wait for long, or the cluster gives its part to others.
   *
   * @param key empty if it has none; whatever bytes it has, it is text here
   * @param value empty if there is none; not to be changed
   */
  void take(String key, byte[] value);
}
