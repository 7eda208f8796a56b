package io.edgeflow.process.http;

/** The way to one client. Any thread; never blocks. */
public interface EventSink {
  /**
   * Sends one event. A client that takes them more slowly than they come is disconnected once its
   * buffer is full: it alone is harmed, and its browser connects again by itself.
   *
   * @param data one line, JSON as a rule
   * @return false when the client is gone: stop sending
   */
  boolean send(String event, String data);
}
